namespace Membrane;

/// <summary>The stable names of all errors; about_Membrane_Errors lists them.</summary>
public static class ErrorIds
{
    /// <summary>A parameter has a value that cannot be sent.</summary>
    public const string InvalidInput = "InvalidInput";

    /// <summary>Text that should be JSON is not.</summary>
    public const string InvalidJson = "InvalidJson";

    /// <summary>A JSON Schema is not valid, or asks for something that is refused.</summary>
    public const string InvalidSchema = "InvalidSchema";

    /// <summary>No sign-in is active.</summary>
    public const string NotSignedIn = "NotSignedIn";

    /// <summary>The context was disconnected.</summary>
    public const string ContextDisconnected = "ContextDisconnected";

    /// <summary>There is no context of that name.</summary>
    public const string ContextNotFound = "ContextNotFound";

    /// <summary>The text is not a token.</summary>
    public const string InvalidToken = "InvalidToken";

    /// <summary>The token has expired.</summary>
    public const string TokenExpired = "TokenExpired";

    /// <summary>The service does not accept the token.</summary>
    public const string NotAuthenticated = "NotAuthenticated";

    /// <summary>The token may not do that.</summary>
    public const string AccessDenied = "AccessDenied";

    /// <summary>The stored sign-in cannot be read, written or refreshed.</summary>
    public const string CredentialStore = "CredentialStore";

    /// <summary>The sign-in was refused, or what came back does not belong to it.</summary>
    public const string SignInFailed = "SignInFailed";

    /// <summary>No one signed in in time.</summary>
    public const string SignInTimeout = "SignInTimeout";

    /// <summary>The stored sign-in is over: it was revoked, replaced, or can no longer be refreshed.</summary>
    public const string SignInEnded = "SignInEnded";

    /// <summary>The script that supplies tokens failed, or gave none.</summary>
    public const string TokenScriptFailed = "TokenScriptFailed";

    /// <summary>The secret could not be got from SecretManagement.</summary>
    public const string SecretUnavailable = "SecretUnavailable";

    /// <summary>There is no such thing, or the tenant does not see it.</summary>
    public const string NotFound = "NotFound";

    /// <summary>A key names several things.</summary>
    public const string Ambiguous = "Ambiguous";

    /// <summary>It exists already.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>The service refuses the request as wrong.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>Too many requests.</summary>
    public const string RateLimitExceeded = "RateLimitExceeded";

    /// <summary>Something is wrong with the connection to the external app.</summary>
    public const string ConnectionProblem = "ConnectionProblem";

    /// <summary>The action ran and failed.</summary>
    public const string ActionRunFailed = "ActionRunFailed";

    /// <summary>The app behind a connection refuses a request that was passed on to it.</summary>
    public const string AppRequestFailed = "AppRequestFailed";

    /// <summary>The app behind a connection does not allow the account of the connection what a run needs.</summary>
    public const string AppAccessDenied = "AppAccessDenied";

    /// <summary>The service refuses the request with an error of another kind.</summary>
    public const string RequestFailed = "RequestFailed";

    /// <summary>The service failed.</summary>
    public const string ServerError = "ServerError";

    /// <summary>The service could not be reached.</summary>
    public const string CannotConnect = "CannotConnect";

    /// <summary>The encrypted connection could not be made.</summary>
    public const string SecureConnectionFailed = "SecureConnectionFailed";

    /// <summary>The connection broke before an answer came.</summary>
    public const string ConnectionLost = "ConnectionLost";

    /// <summary>No answer came in time.</summary>
    public const string RequestTimeout = "RequestTimeout";

    /// <summary>The answer is not valid JSON, or JSON of another shape.</summary>
    public const string MalformedResponse = "MalformedResponse";

    /// <summary>The answer is a web page: a proxy or sign-in page stands in between, or the address is wrong.</summary>
    public const string HtmlResponse = "HtmlResponse";

    /// <summary>The answer is empty.</summary>
    public const string EmptyResponse = "EmptyResponse";

    /// <summary>The answer points to another address, which is not followed.</summary>
    public const string UnexpectedRedirect = "UnexpectedRedirect";

    /// <summary>The answer is larger than can be taken.</summary>
    public const string ResponseTooLarge = "ResponseTooLarge";

    /// <summary>What was waited for did not happen in time.</summary>
    public const string WaitTimeout = "WaitTimeout";

    /// <summary>The person refused the connection, or it could not be made.</summary>
    public const string ConnectionRequestFailed = "ConnectionRequestFailed";

    /// <summary>The setup of a connection or an action failed, or its configuration is wrong.</summary>
    public const string SetupFailed = "SetupFailed";

    /// <summary>The input does not meet the schema of the action.</summary>
    public const string InvalidActionInput = "InvalidActionInput";

    /// <summary>The agent session failed or was cancelled.</summary>
    public const string AgentSessionFailed = "AgentSessionFailed";

    /// <summary>The flow run failed or was stopped.</summary>
    public const string FlowRunFailed = "FlowRunFailed";

    /// <summary>The export or the import of a workspace failed or was cancelled.</summary>
    public const string WorkspaceTransferFailed = "WorkspaceTransferFailed";

    /// <summary>Files of a workspace differ from it, and would be lost.</summary>
    public const string LocalChanges = "LocalChanges";

    /// <summary>The API has no such operation for that type of element.</summary>
    public const string UnsupportedOperation = "UnsupportedOperation";

    /// <summary>A file cannot be read or written.</summary>
    public const string FileAccess = "FileAccess";

    /// <summary>The checkpoint file cannot be opened or written, or another run uses it.</summary>
    public const string CheckpointUnavailable = "CheckpointUnavailable";

    /// <summary>The checkpoint file belongs to another batch.</summary>
    public const string CheckpointMismatch = "CheckpointMismatch";

    /// <summary>The checkpoint file is damaged.</summary>
    public const string CheckpointDamaged = "CheckpointDamaged";

    /// <summary>An earlier run with the same checkpoint file sent this input, and what came of it is not known.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>An earlier run with the same checkpoint file has had this input refused.</summary>
    public const string FailedBefore = "FailedBefore";

    /// <summary>The emulator could not be started.</summary>
    public const string EmulatorFailed = "EmulatorFailed";

    /// <summary>Something unexpected went wrong: a defect of this module.</summary>
    public const string Unexpected = "Unexpected";
}

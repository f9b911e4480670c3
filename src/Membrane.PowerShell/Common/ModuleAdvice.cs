using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What the module adds to the advice of the client, which knows no commands: by the id of the error and, where that says too little, by
/// what it is about.
/// </summary>
internal static class ModuleAdvice
{
    private const string SignIn = "Connect-Membrane signs in.";
    private const string Address = "They are -ApiUri and -Proxy of Connect-Membrane.";
    private const string Environment = "about_Membrane_Authentication names the parameters and environment variables for it.";

    // Advice that names commands, parameters or help topics is the module's own already.
    private static readonly Regex OwnWords = new(@"(?<![\w-])-[A-Z]\w+|\w-Membrane|about_Membrane", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> ByError = new(StringComparer.Ordinal)
    {
        [ErrorIds.ContextDisconnected] = "Sign in again with Connect-Membrane.",
        [ErrorIds.TokenExpired] = SignIn,
        [ErrorIds.NotAuthenticated] = SignIn,
        [Key(ErrorIds.InvalidToken, "TokenSource")] = SignIn,
        [ErrorIds.SignInEnded] = "Use Connect-Membrane -Interactive (or -NonInteractive).",
        [ErrorIds.SignInFailed] = "Connect-Membrane -NonInteractive needs no browser on this machine.",
        [ErrorIds.SignInTimeout] = "Connect-Membrane has -TimeoutSec and -NonInteractive for that.",
        [ErrorIds.AccessDenied] =
            "Connect-Membrane -WorkspaceKey KEY -WorkspaceSecret SECRET signs in as a manager with -Manager, for one tenant with -TenantKey.",
        [Key(ErrorIds.InvalidInput, "TenantKey")] = "Pass -TenantKey, or -Manager to manage the whole workspace. " + Environment,
        [Key(ErrorIds.InvalidInput, "WorkspaceKey")] = Environment,
        [Key(ErrorIds.InvalidInput, "WorkspaceSecret")] = Environment,
        [Key(ErrorIds.Ambiguous, "Workspace")] = "-WorkspaceKey says which.",
        [Key(ErrorIds.NotFound, "Workspace")] = "The key is that of -WorkspaceKey.",
        [ErrorIds.CannotConnect] = Address,
        [Key(ErrorIds.CannotConnect, "Proxy")] = "-Proxy of Connect-Membrane names another one, and -NoProxy uses none.",
        [Key(ErrorIds.CannotConnect, "ProxyCredential")] = "-ProxyCredential of Connect-Membrane takes them; -NoProxy uses no proxy.",
        [ErrorIds.HtmlResponse] = Address,
        [ErrorIds.UnexpectedRedirect] = "Sign in again with -ApiUri of Connect-Membrane.",
        [ErrorIds.RequestTimeout] = "-RequestTimeoutSec of Connect-Membrane says how much.",
        [ErrorIds.WaitTimeout] = "-TimeoutSec says how long.",
        [ErrorIds.RateLimitExceeded] = "With several inputs, -MaxRateLimitWaitSec says how long each may wait.",
        [ErrorIds.ResponseTooLarge] = "-PageSize makes pages smaller.",
        [ErrorIds.AppAccessDenied] = "Connect-MembraneApp -Connection does that. $Error[0] | Get-MembraneActionRunLog reads the run log.",
        [ErrorIds.ConnectionProblem] = "Connect-MembraneApp -Connection does that.",
        [Key(ErrorIds.NotFound, "Connection")] = "Get-MembraneConnection lists connections, and Connect-MembraneApp connects an app.",
        [Key(ErrorIds.InvalidInput, "Connection")] = "Get-MembraneConnection lists connections.",
        [Key(ErrorIds.NotFound, "App")] =
            "Find-MembraneElement searches, and New-MembraneAgentSession -Agent connection-building has a connector built.",
        [Key(ErrorIds.InvalidInput, "Action")] = "Get-MembraneAction and Find-MembraneAction find actions.",
        [ErrorIds.ActionRunFailed] = "$Error[0] | Get-MembraneActionRunLog reads that.",
        [ErrorIds.InvalidActionInput] = "-SkipInputCheck leaves the check to the service.",
        [ErrorIds.AppRequestFailed] = "-SkipHttpErrorCheck gets its answer.",
        [ErrorIds.FailedBefore] = "That is -ResumeFailed.",
        [ErrorIds.OutcomeUnknown] = "That is -RetryUnknown.",
        [Key(ErrorIds.InvalidInput, "Property")] = "A field has a parameter of its own, or is passed with -Property.",
        [Key(ErrorIds.NotFound, "Record")] = "Get-MembraneRecord lists records.",
        [Key(ErrorIds.InvalidInput, "Record")] = "Get-MembraneRecord lists records.",
        [Key(ErrorIds.InvalidInput, "CheckpointPath")] = "The parameter is -CheckpointPath.",
        [Key(ErrorIds.InvalidInput, "ReportPath")] = "The parameter is -ReportPath; -Force replaces a file.",
        [Key(ErrorIds.InvalidInput, "State")] = "The parameter is -State.",
        [Key(ErrorIds.InvalidInput, "Client")] = "The parameters are -ProductKey and -IncludeToken.",
        [Key(ErrorIds.WorkspaceTransferFailed, "Import")] = "Compare-MembraneWorkspace shows what differs.",
        [Key(ErrorIds.InvalidInput, "WorkspaceFiles")] = "Export-MembraneWorkspace writes the files, with -Force over others.",
        [Key(ErrorIds.InvalidInput, "WorkspaceSize")] = "Import-MembraneWorkspace -Partial does that.",
    };

    /// <summary>Returns the advice of an error with what the module adds; null where there is none.</summary>
    public static string? Of(MembraneException exception)
    {
        var advice = exception.RecommendedAction;
        if (Find(exception) is not { } more || (advice is not null && OwnWords.IsMatch(advice)))
        {
            return advice;
        }

        return advice is null ? more : advice + " " + more;
    }

    private static string? Find(MembraneException exception)
    {
        var topic = exception.Topic ?? (exception as MembraneInputException)?.ParameterName;
        return
            topic is not null && ByError.TryGetValue(Key(exception.ErrorId, topic), out var advice)
            || ByError.TryGetValue(exception.ErrorId, out advice)
            ? advice
            : null;
    }

    private static string Key(string errorId, string topic) => errorId + ":" + topic;
}

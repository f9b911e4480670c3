using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ActionRunLogs;

/// <summary>The record of a run: the object, its id, the run, or the error that the run ended with.</summary>
public sealed class ActionRunLogReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "the record of a run (the object, its id, the run, or the error that the run ended with)",
        static (id, source) => new ActionRunLogReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(ActionRunLog), nameof(ActionRunLog.Id)),
            new IdRule(nameof(ActionRun), nameof(ActionRun.ActionRunId)),
            new IdRule(nameof(MembraneApiException), nameof(MembraneApiException.ActionRunId)),
        ],
        ReadOther = ReadError,
    };

    private ActionRunLogReference(string id, GivenObject? source)
        : base(id, source) { }

    private static ActionRunLogReference? ReadError(object value) =>
        value switch
        {
            ErrorRecord { Exception: { } exception } => ReadError(exception),
            MembraneApiException { ActionRunId: { } id } => new ActionRunLogReference(id, null),
            // A job says with its error what the error was.
            RemoteException { SerializedRemoteException: { } original } when Reader.Read(original) is ActionRunLogReference log => log,
            PSObject copy when OriginalError(copy) is { } original => (ActionRunLogReference?)Reader.Read(original),
            System.Exception exception => throw new ArgumentTransformationMetadataException(NoRun(exception)),
            ActionRun run => throw new ArgumentTransformationMetadataException($"The service named no record of the run of {run}."),
            _ => null,
        };

    // A record of CLIXML has its exception, and that of a job what the job ended with.
    private static object? OriginalError(PSObject copy) =>
        OriginalType.NameOf(copy).StartsWith(typeof(ErrorRecord).Namespace!, System.StringComparison.Ordinal)
            ? (copy.Properties[nameof(RemoteException.SerializedRemoteException)] ?? copy.Properties[nameof(ErrorRecord.Exception)])?.Value
            : null;

    private static string NoRun(System.Exception exception) =>
        exception is MembraneInputException
            ? $"The error names no run of an action, because nothing was run: {exception.Message}"
            : $"The error names no run of an action: {exception.Message}";
}

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
            System.Exception exception => throw new ArgumentTransformationMetadataException(NoRun(exception)),
            ActionRun run => throw new ArgumentTransformationMetadataException($"The service named no record of the run of {run}."),
            _ => null,
        };

    private static string NoRun(System.Exception exception) =>
        exception is MembraneInputException
            ? $"The error names no run of an action, because nothing was run: {exception.Message}"
            : $"The error names no run of an action: {exception.Message}";
}

using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ActionRunLogs;

/// <summary>The record of a run: the object, its id, the run, or the error that the run ended with.</summary>
public sealed class ActionRunLogReference : ElementReference
{
    private ActionRunLogReference(string id, object? source)
        : base(id, source)
    {
    }

    internal static ActionRunLogReference? From(object value) => value switch
    {
        string text => new ActionRunLogReference(text, null),
        ActionRunLog { Id: { } id } log => new ActionRunLogReference(id, log),
        ActionRun { ActionRunId: { } id } run => new ActionRunLogReference(id, run),
        ErrorRecord { Exception: { } exception } => From(exception),
        MembraneApiException { ActionRunId: { } id } exception => new ActionRunLogReference(id, exception),
        System.Exception exception => throw new ArgumentTransformationMetadataException(NoRun(exception)),
        ActionRun run => throw new ArgumentTransformationMetadataException($"The service named no record of the run of {run}."),
        _ => null,
    };

    private static string NoRun(System.Exception exception) => exception is MembraneInputException
        ? $"The error names no run of an action, because nothing was run: {exception.Message}"
        : $"The error names no run of an action: {exception.Message}";
}

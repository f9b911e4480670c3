using System;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Membrane.Client.Blobs;
using Membrane.Client.Checkpoints;
using Membrane.Client.Json;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Checkpoints;

/// <summary>
/// Reads checkpoints, also while they are written: one object for each input, or the joint summary of all of them. Nothing of them is
/// changed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MembraneCheckpoint", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Pages + "Get-MembraneCheckpoint.md")]
[OutputType(typeof(CheckpointInputState), typeof(CheckpointSummary))]
public sealed class GetMembraneCheckpointCommand : MembraneCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UriSet = "Uri";

    private readonly CheckpointSum sum = new();
    private CheckpointPlaces? places;

    /// <summary>The files. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [RefuseNothing]
    public string[]? Path { get; set; }

    /// <summary>The files, by their paths as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [RefuseNothing]
    public string[]? LiteralPath { get; set; }

    /// <summary>The addresses of blobs in Azure Storage, each with a signature (SAS) that allows to read it, or with -Token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri[]? Uri { get; set; }

    /// <summary>
    /// The token for Azure Storage: text, a SecureString, what Get-AzAccessToken emits, or a script block that emits one of them.
    /// </summary>
    [Parameter(ParameterSetName = UriSet)]
    [StorageTokenTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Token { get; set; }

    /// <summary>Emit the joint summary, one for each action and connection, in place of the inputs.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => places = new CheckpointPlaces(this, Token, proxy: null);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var given in Path ?? LiteralPath ?? [])
        {
            var found = Path is null ? [places!.ReadOnlyFile(given, nameof(LiteralPath))] : places!.Files(given, nameof(Path)).ToArray();
            if (found.Length == 0)
            {
                WriteError(
                    new MembraneInputException(
                        ErrorIds.CheckpointUnavailable,
                        nameof(Path),
                        $"There is no file '{given}'.",
                        "Look where the runs write their checkpoints. A name with brackets in it goes with -LiteralPath."
                    ),
                    given
                );
            }

            foreach (var place in found)
            {
                Read(place);
            }
        }

        foreach (var address in Uri ?? [])
        {
            Read(places!.Blob(address, nameof(Uri), nameof(Token)));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Summary)
        {
            WriteObject(sum.Summaries(), enumerateCollection: true);
        }
    }

    private static object? ReadInput(CheckpointNote begin)
    {
        if (begin.Key is not null || begin.Input is null)
        {
            return begin.Key;
        }

        try
        {
            return JsonValueReader.Read(Encoding.UTF8.GetBytes(begin.Input), PowerShellObjectAdapter.Instance);
        }
        catch (System.Text.Json.JsonException)
        {
            // It was too long to be kept whole.
            return begin.Input;
        }
    }

    private static CheckpointInputState Show(CheckpointView view, CheckpointInput input)
    {
        var begin = input.Begin;
        return new CheckpointInputState(view.Place, input.Identity.ToString("N"))
        {
            Input = ReadInput(begin),
            Outcome = input.State switch
            {
                CheckpointState.Succeeded => CheckpointOutcome.Succeeded,
                CheckpointState.Failed => CheckpointOutcome.Failed,
                CheckpointState.Started => CheckpointOutcome.Unknown,
                _ => CheckpointOutcome.NotSent,
            },
            ActionRunId = input.End?.RunId,
            StartedAt = begin.Time,
            Time = input.End?.Time,
            ErrorId = input.End?.ErrorId,
            ErrorMessage = input.End?.Message,
            ActionId = CheckpointFields.Of(view, "action"),
        };
    }

    private void Read(CheckpointPlace place)
    {
        CheckpointView view;
        try
        {
            view = Await(place.ReadAsync);
        }
        catch (MembraneException exception) when (exception is not MembraneSignInException)
        {
            WriteError(exception, place.Name);
            return;
        }

        if (Summary)
        {
            sum.Add(view);
            return;
        }

        foreach (var input in view.Inputs)
        {
            WriteObject(Show(view, input));
        }
    }
}

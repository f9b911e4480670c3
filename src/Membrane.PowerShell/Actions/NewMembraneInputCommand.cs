using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using Membrane.Client.Actions;
using Membrane.Client.Json;
using Membrane.Client.Rows;
using Membrane.Client.Schemas.Reading;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Makes an input for an action from its schema, to be filled in: the required fields, with the examples and defaults of the schema or
/// with values of their types. The action is asked for at most once (GET /actions/{selector}).
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneInput", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneInput.md")]
[OutputType(typeof(OrderedDictionary), typeof(string))]
public sealed class NewMembraneInputCommand : MembraneApiCommand
{
    private static readonly JsonElement NoSchema = JsonDocument.Parse("{}").RootElement;

    private ActionCache? cache;

    /// <summary>The action: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ActionId")]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference? Action { get; set; }

    /// <summary>
    /// The connection that it is to run on: the object, its id or its key. Without it, the one that the action was found on.
    /// </summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration, where the key of the action alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>Have the optional fields in it, too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Emit it as JSON text.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Action?.IdOrKey;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        cache = new ActionCache(Client.Actions);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!ShouldProcess(Action!.IdOrKey, "Make input"))
        {
            return;
        }

        var skeleton = Make(FindSchema());
        if (skeleton.Problems.Count > 0)
        {
            WriteWarning(
                $"No input was found that meets the schema of the action '{Action.IdOrKey}'. What is still wrong with this one: "
                    + string.Join(" ", skeleton.Problems.Take(3).Select(static one => $"{one.Path}: {one.Message}"))
            );
        }

        WriteObject(AsJson ? skeleton.ToJson() : EditableInput.Of(skeleton.Value), enumerateCollection: false);
    }

    private JsonElement FindSchema()
    {
        var action = this.GetShown(cache!, Action!, this.Select(Action!, Connection, IntegrationKey));
        if (action.InputSchema is null)
        {
            WriteWarning($"The action '{Action!.IdOrKey}' has no schema of its input: what it takes is not known.");
            return NoSchema;
        }

        return JsonNodes.Element(action.InputSchema, PowerShellObjectAdapter.Instance, "InputSchema");
    }

    private InputSkeleton Make(JsonElement schema)
    {
        try
        {
            return InputSkeleton.Make(schema, All);
        }
        catch (JsonSchemaException exception)
        {
            throw new MembraneException(
                ErrorIds.InvalidInput,
                $"The schema of the action '{Action!.IdOrKey}' cannot be used: {exception.Message}",
                "Write the input by hand; Get-MembraneAction shows the schema.",
                exception
            );
        }
    }
}

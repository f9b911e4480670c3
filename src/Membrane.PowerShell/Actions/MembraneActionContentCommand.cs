using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>The base of the commands that create or change an action: the fields that both can set.</summary>
public abstract class MembraneActionContentCommand : MembraneApiCommand
{
    /// <summary>The key. Without it, the service makes one for a new action.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Key { get; set; }

    /// <summary>Free text about the action.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Description { get; set; }

    /// <summary>The kind of action.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActionTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The settings of that kind of action.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Config { get; set; }

    /// <summary>The JSON Schema of the input: a hashtable or an object.</summary>
    [Parameter]
    [JsonTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputSchema { get; set; }

    /// <summary>The expression that maps the raw output.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? OutputMapping { get; set; }

    /// <summary>The explicit schema of the output.</summary>
    [Parameter]
    [JsonTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? CustomOutputSchema { get; set; }

    /// <summary>Free key-value data to keep on the action.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Meta { get; set; }

    /// <summary>Further fields of the action, under the API's own names; $null removes one.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Property { get; set; }

    /// <summary>Returns the fields of the parameters, and those that only a new action has.</summary>
    private protected ActionContent MakeContent(
        string? name,
        string? connectionId = null,
        string? integrationId = null,
        string? integrationKey = null,
        string? parentId = null,
        string? instanceKey = null,
        string? intent = null
    ) =>
        new()
        {
            Name = name,
            Key = Key,
            Description = Description,
            Type = Type,
            Config = Config,
            InputSchema = InputSchema,
            OutputMapping = OutputMapping,
            CustomOutputSchema = CustomOutputSchema,
            ConnectionId = connectionId,
            IntegrationId = integrationId,
            IntegrationKey = integrationKey,
            ParentId = parentId,
            InstanceKey = instanceKey,
            Meta = Meta,
            Intent = intent,
            More = Members.Of(Property),
        };
}

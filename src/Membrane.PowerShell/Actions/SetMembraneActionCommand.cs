using System.Collections;
using System.Management.Automation;
using Membrane.Client.Actions;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Changes an action: the given fields (PATCH /actions/{selector}), or all of them with -Replace (PUT /actions/{selector}).
/// </summary>
[Cmdlet(VerbsCommon.Set, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class SetMembraneActionCommand : MembraneActionsCommand
{
    /// <summary>The name.</summary>
    [Parameter]
    [RefuseNothing]
    public string? Name { get; set; }

    /// <summary>The key.</summary>
    [Parameter]
    [RefuseNothing]
    public string? Key { get; set; }

    /// <summary>Free text about the action.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>The kind of action.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActionTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The settings of that kind of action.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Config { get; set; }

    /// <summary>The JSON Schema of the input: a hashtable or an object.</summary>
    [Parameter]
    [JsonTransformation]
    public PSObject? InputSchema { get; set; }

    /// <summary>The expression that maps the raw output.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    public PSObject? OutputMapping { get; set; }

    /// <summary>The explicit schema of the output.</summary>
    [Parameter]
    [JsonTransformation]
    public PSObject? CustomOutputSchema { get; set; }

    /// <summary>Free key-value data to keep on the action.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Meta { get; set; }

    /// <summary>Further fields of the action, under the API's own names; $null takes one away.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Property { get; set; }

    /// <summary>Replace the action as a whole: what is not given is gone.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Emit the changed action.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ActionReference action, ActionSelector selector)
    {
        var change = Client.Actions.PrepareChange(
            selector,
            new ActionContent
            {
                Name = Name,
                Key = Key,
                Description = Description,
                Type = Type,
                Config = Config,
                InputSchema = InputSchema,
                OutputMapping = OutputMapping,
                CustomOutputSchema = CustomOutputSchema,
                Meta = Meta,
                More = Members.Of(Property),
            },
            Replace
        );
        if (!ShouldProcess(action.Words, Replace ? "Replace action" : "Change action"))
        {
            return;
        }

        var changed = Await(change);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}

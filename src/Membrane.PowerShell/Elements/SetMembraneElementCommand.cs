using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>Changes fields of an element of any type, or replaces it whole (PATCH /{type}s/{selector}, PUT /{type}s/{selector}).</summary>
[Cmdlet(VerbsCommon.Set, "MembraneElement", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneElement.md")]
[OutputType(typeof(Element))]
public sealed class SetMembraneElementCommand : MembraneElementCommand
{
    /// <summary>
    /// The fields, by the API's names: a hashtable or any object with properties. Without -Replace, those that are not named stay as they
    /// are.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("Fields", "Property", "Body")]
    [ValidateNotNull]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Definition { get; set; }

    /// <summary>Replace the element whole: fields that are not named are taken away.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Emit the element.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var type = FindType();
        var change = Client.Elements.PrepareChange(type, Definition!, Replace);
        if (!ShouldProcess($"{type} {Element!.Words}", Replace ? "Replace element" : "Change element"))
        {
            return;
        }

        var scope = Scope(type);
        var element = Await(token => change(Element.IdOrKey, scope, token));
        if (PassThru)
        {
            WriteObject(element);
        }
    }
}

using System.Management.Automation;
using Membrane.Client.Elements;

namespace Membrane.PowerShell.Elements;

/// <summary>
/// Archives elements of any type, or deletes those of types without an archive, such as connectors and apps (DELETE /{type}s/{selector}).
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MembraneElement",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Remove-MembraneElement.md"
)]
[OutputType(typeof(Element))]
public sealed class RemoveMembraneElementCommand : MembraneElementCommand
{
    /// <summary>Emit the element as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var type = FindType();
        type.Require(ElementAbilities.Remove, "remove");
        var id = Element!.IdOrKey;
        if (!ShouldProcess($"{type} {Element.Words}", type.Can(ElementAbilities.Restore) ? "Archive element" : "Delete element"))
        {
            return;
        }

        var scope = Scope(type);
        var before = PassThru ? Element.Live<Element>() ?? Await(token => Client.Elements.GetAsync(type, id, scope, token)) : null;
        Await(token => Client.Elements.RemoveAsync(type, id, scope, token));
        if (before is not null)
        {
            WriteObject(before);
        }
    }
}

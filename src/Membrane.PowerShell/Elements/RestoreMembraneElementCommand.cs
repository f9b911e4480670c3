using System.Management.Automation;
using Membrane.Client.Elements;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Elements;

/// <summary>Restores archived elements of any type that has an archive (POST /{type}s/{selector}/restore).</summary>
[Cmdlet(VerbsData.Restore, "MembraneElement", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Restore-MembraneElement.md")]
[OutputType(typeof(Element))]
public sealed class RestoreMembraneElementCommand : MembraneElementCommand
{
    /// <summary>Read the element again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var type = FindType();
        type.Require(ElementAbilities.Restore, "restore");
        var id = Element!.IdOrKey;
        if (!ShouldProcess($"{type} {Element.Words}", "Restore element"))
        {
            return;
        }

        var scope = Scope(type);
        Await(token => Client.Elements.RestoreAsync(type, id, scope, token));
        if (PassThru)
        {
            WriteObject(Await(token => ReadBack.ReadAsync(() => Client.Elements.GetAsync(type, id, scope, token))));
        }
    }
}

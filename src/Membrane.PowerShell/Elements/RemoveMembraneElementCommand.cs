using System.Management.Automation;
using Membrane.Client.Elements;

namespace Membrane.PowerShell.Elements;

/// <summary>Archives elements of any type, or deletes those of types without an archive, such as connectors and apps (DELETE /{type}s/{selector}).</summary>
[Cmdlet(VerbsCommon.Remove, "MembraneElement", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveMembraneElementCommand : MembraneElementCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        ElementType type = FindType();
        type.Require(ElementAbilities.Remove, "remove");
        string id = Element!.IdOrKey;
        if (ShouldProcess($"{type} {id}", type.Can(ElementAbilities.Restore) ? "Archive element" : "Delete element"))
        {
            ElementScope scope = Scope(type);
            Await(token => Client.Elements.RemoveAsync(type, id, scope, token));
        }
    }
}

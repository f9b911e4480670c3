using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>Creates elements of any type that can be created, one for each input (POST /{type}s).</summary>
[Cmdlet(VerbsCommon.New, "MembraneElement", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneElement.md")]
[OutputType(typeof(Element))]
public sealed class NewMembraneElementCommand : MembraneApiCommand
{
    /// <summary>The type of the element, such as data-source.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ElementType")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The fields of the element, by the API's names: a hashtable or any object with properties.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("InputObject", "Fields", "Property", "Body")]
    [ValidateNotNull]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Definition { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Definition;

    /// <inheritdoc/>
    protected override void Process()
    {
        var type = ElementTypes.Find(Type);
        var create = Client.Elements.PrepareCreate(type, Definition!);
        if (ShouldProcess(type.Name, "Create element"))
        {
            WriteObject(Await(create));
        }
    }
}

using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Shows where and as whom this session is signed in. No request is sent, and no secret is shown.</summary>
[Cmdlet(VerbsCommon.Get, "MembraneContext", HelpUri = OnlineHelp.Pages + "Get-MembraneContext.md")]
[OutputType(typeof(MembraneContext))]
public sealed class GetMembraneContextCommand : MembraneCommand
{
    /// <summary>The name of the context; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [RefuseNothing]
    public string Name { get; set; } = "*";

    /// <inheritdoc/>
    protected override void Process()
    {
        var pattern = NamePattern.Read(Name, nameof(Name))!;
        var found = false;
        foreach (var context in RunspaceState.Current.Contexts)
        {
            if (pattern.IsMatch(context.Name))
            {
                found = true;
                WriteObject(context);
            }
        }

        if (!found && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            throw new MembraneException(
                ErrorIds.ContextNotFound,
                $"There is no context '{Name}'.",
                "Get-MembraneContext without a name lists what there is."
            );
        }
    }
}

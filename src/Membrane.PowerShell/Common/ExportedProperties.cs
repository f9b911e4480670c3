using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Common;

/// <summary>
/// The properties of a type that CLIXML has: all but one that is secret. CLIXML is encrypted on Windows only, so an exported secret would
/// be readable elsewhere.
/// </summary>
/// <remarks>
/// Type data of the module would do so, too, but two copies of the module in one session could not both add them, and the second would not
/// come to say so.
/// </remarks>
internal sealed class ExportedProperties(Type type, string secret)
{
    private readonly ConditionalWeakTable<Runspace, object> told = new();

    /// <summary>Has the runspace of a command leave out the secret from now on. To be called before such an object is emitted.</summary>
    public void Apply(PSCmdlet command)
    {
        if (Runspace.DefaultRunspace is not { } runspace || told.TryGetValue(runspace, out _))
        {
            return;
        }

        var intrinsics = command.SessionState.InvokeCommand;
        intrinsics.InvokeScript(
            useLocalScope: true,
            ScriptBlock.Create(
                "param($command, $type, $names) & $command -TypeName $type -SerializationMethod SpecificProperties -PropertySerializationSet $names -Force"
            ),
            input: null,
            intrinsics.GetCommand("Microsoft.PowerShell.Utility\\Update-TypeData", CommandTypes.Cmdlet),
            type.FullName,
            type.GetProperties().Select(static property => property.Name).Where(name => name != secret).ToArray()
        );
        told.Add(runspace, this);
    }
}

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
    /// <exception cref="MembraneInputException">The session has no Update-TypeData, as a session with few commands may.</exception>
    public void Apply(PSCmdlet command)
    {
        if (Runspace.DefaultRunspace is not { } runspace || told.TryGetValue(runspace, out _))
        {
            return;
        }

        var intrinsics = command.SessionState.InvokeCommand;
        var update =
            intrinsics.GetCommand("Microsoft.PowerShell.Utility\\Update-TypeData", CommandTypes.Cmdlet)
            ?? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                secret,
                $"This session has no Update-TypeData, by which {secret} is kept out of CLIXML, and so out of jobs and remote sessions.",
                "Import Microsoft.PowerShell.Utility in this session."
            );
        intrinsics.InvokeScript(
            useLocalScope: true,
            ScriptBlock.Create(
                "param($command, $type, $names) & $command -TypeName $type -SerializationMethod SpecificProperties -PropertySerializationSet $names -Force"
            ),
            input: null,
            update,
            type.FullName,
            type.GetProperties().Select(static property => property.Name).Where(name => name != secret).ToArray()
        );
        told.Add(runspace, this);
    }
}

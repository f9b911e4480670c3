using System.Management.Automation;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of the commands that list something whose pages may have any size.</summary>
public abstract class MembraneListCommand : MembranePagingCommand
{
    /// <summary>How many items to ask the service for at once, 1 to 1000. It changes no result, only the number of requests.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 1000)]
    public int PageSize { get; set; } = 1000;

    private protected override int RequestSize => PageSize;
}

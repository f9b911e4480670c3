using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace Membrane.PowerShell.Setup;

/// <summary>
/// Looks for the newest version of the module where modules are installed from, in a runspace of its own: the commands for that are
/// scripts or take long, and have no time-out.
/// </summary>
internal sealed class UpdateSearch
{
    private const string Script = """
        param($Name, $Repository)
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        $command = Get-Command -Name Find-PSResource, Find-Module -ErrorAction Ignore | Select-Object -First 1
        if (-not $command) { throw 'Neither Find-PSResource nor Find-Module is installed.' }
        & $command -Name $Name -Repository $Repository | Select-Object -First 1 | ForEach-Object { "$($_.Version)" }
        """;

    private UpdateSearch(Version? version, string? failure)
    {
        Version = version;
        Failure = failure;
    }

    /// <summary>The newest version; null where none was found.</summary>
    public Version? Version { get; }

    /// <summary>Why it could not be found; null where it was.</summary>
    public string? Failure { get; }

    /// <summary>Looks for it.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="repository">The name of the repository, as it is registered.</param>
    /// <param name="timeout">How long that may take.</param>
    public static async Task<UpdateSearch> FindAsync(string name, string repository, TimeSpan timeout)
    {
        var shell = System.Management.Automation.PowerShell.Create();
        var search = Task.Run(() => shell.AddScript(Script).AddArgument(name).AddArgument(repository).Invoke<string>());
        _ = search.ContinueWith(_ => shell.Dispose(), TaskScheduler.Default);
        if (await Task.WhenAny(search, Task.Delay(timeout)).ConfigureAwait(false) != search)
        {
            // What holds it up may hold up its end as well.
            shell.BeginStop(null, null);
            return new UpdateSearch(null, $"'{repository}' did not answer within {timeout.TotalSeconds:0} seconds.");
        }

        try
        {
            var found = await search.ConfigureAwait(false);
            return Version.TryParse(found.FirstOrDefault() ?? string.Empty, out var version)
                ? new UpdateSearch(version, null)
                : new UpdateSearch(null, $"'{repository}' has no module '{name}'.");
        }
        catch (RuntimeException exception)
        {
            // What ends the script says first which preference ended it.
            return new UpdateSearch(null, exception.ErrorRecord.Exception.Message);
        }
    }
}

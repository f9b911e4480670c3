using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Connections;
using Membrane.Client.Diagnosis;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Setup;

/// <summary>
/// Checks what the module needs, one thing after the other: engine, module, update, where sign-ins are stored, network, proxy, TLS, clock,
/// sign-in, workspace, and connections that wait for a person. Whatever is wrong with one, the others are checked.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MembraneSetup", HelpUri = OnlineHelp.Pages + "Test-MembraneSetup.md")]
[OutputType(typeof(SetupCheck))]
public sealed class TestMembraneSetupCommand : MembraneCommand
{
    private const string ModuleName = "Membrane";
    private const int MostConnections = 1000;
    private const int MostNames = 5;

    private static readonly TimeSpan SmallDifference = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LargeDifference = TimeSpan.FromMinutes(5);

    /// <summary>The sign-in to check: a context or its name. Without it, the default context of this session.</summary>
    [Parameter]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>The name of the repository that updates of the module come from.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Repository { get; set; } = "PSGallery";

    /// <summary>Do not look for an update of the module.</summary>
    [Parameter]
    public SwitchParameter SkipUpdateCheck { get; set; }

    /// <summary>How many seconds the service, and the repository, have for an answer, 1 to 300.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; } = 10;

    private TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSec);

    private Version ModuleVersion =>
        MyInvocation.MyCommand.Module is { Name: ModuleName, Version: { } version } ? version : GetType().Assembly.GetName().Version!;

    /// <inheritdoc/>
    protected override void Process()
    {
        // The slowest first: it goes on while the others are checked.
        var update = SkipUpdateCheck ? null : UpdateSearch.FindAsync(ModuleName, Repository, Timeout);
        Check("Engine", CheckEngine);
        Check("Module", CheckModule);
        Check("SignInStore", CheckStore);
        var context = Context ?? RunspaceState.Current.DefaultContext;
        CheckService(context);
        CheckSignIn(context);
        Check("Update", () => CheckUpdate(update));
    }

    private SetupCheck CheckEngine() =>
        Passed(
            "Engine",
            $"PowerShell {Host.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}."
        );

    private SetupCheck CheckModule() =>
        Passed(
            "Module",
            $"{ModuleName} {Short(ModuleVersion)}, from {MyInvocation.MyCommand.Module?.ModuleBase ?? Path.GetDirectoryName(GetType().Assembly.Location)}."
        );

    private SetupCheck CheckUpdate(Task<UpdateSearch>? search)
    {
        if (search is null)
        {
            return Skipped("Update", "Not looked for: -SkipUpdateCheck.");
        }

        var found = Await(_ => search);
        return found.Version is not { } newest
                ? new SetupCheck(
                    "Update",
                    SetupStatus.Skipped,
                    $"It could not be checked whether there is a newer version: {found.Failure}",
                    "Nothing, where this machine has no access to the repository: -SkipUpdateCheck leaves the check out, and -Repository names another one."
                )
            : Compare(newest, ModuleVersion) > 0
                ? new SetupCheck(
                    "Update",
                    SetupStatus.Warning,
                    $"Version {Short(newest)} is available; this is {Short(ModuleVersion)}.",
                    $"Update-PSResource {ModuleName}, in Windows PowerShell Update-Module {ModuleName}. Then start a new session."
                )
            : Passed("Update", $"{Short(ModuleVersion)} is the newest version.");
    }

    private static SetupCheck CheckStore()
    {
        const string name = "SignInStore";
        var store = new CredentialStore();
        if (store.Path is not { } path)
        {
            return new SetupCheck(
                name,
                SetupStatus.Warning,
                "There is no home folder: a sign-in by browser cannot be kept for the next session.",
                "Set MEMBRANE_HOME to a folder, or sign in with a token or a workspace secret."
            );
        }

        // Unreadable, or not what it should be: this says so.
        store.FindSignIn(RunspaceState.DefaultContextName);
        return WhyNotWritable(Path.GetDirectoryName(path)!) is { } reason
            ? new SetupCheck(
                name,
                SetupStatus.Warning,
                $"{path} cannot be written: {reason} A sign-in by browser cannot be kept for the next session.",
                "Make the folder writable, or set MEMBRANE_HOME to another one; or sign in with a token or a workspace secret."
            )
            : Passed(name, path);
    }

    // By trying, in the folder or where it would be made: rights do not tell of file systems that are read-only.
    private static string? WhyNotWritable(string folder)
    {
        var place = folder;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { Length: > 0 } parent)
        {
            if (File.Exists(place))
            {
                return $"{place} is a file.";
            }

            place = parent;
        }

        try
        {
            var trial = Path.Combine(place, Path.GetRandomFileName());
            using var file = new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private void CheckService(MembraneContext? context)
    {
        string[] names = ["Network", "Proxy", "Tls", "Clock"];
        try
        {
            var address = context?.ApiUri ?? EnvironmentSettings.Read().ApiUri ?? MembraneClientOptions.DefaultApiUri;
            var proxy = context is null ? null : MembraneSession.Of(context).Client.Proxy;
            var probe = Await(token => ServiceProbe.AskAsync(address, proxy, Timeout, token));
            WriteObject(NetworkOf(probe, address));
            WriteObject(ProxyOf(probe));
            WriteObject(TlsOf(probe, address));
            WriteObject(ClockOf(probe));
        }
        catch (MembraneException exception)
        {
            WriteObject(Failed(names[0], exception));
            foreach (var name in names.Skip(1))
            {
                WriteObject(Skipped(name, "The service could not be asked."));
            }
        }
    }

    private static SetupCheck NetworkOf(ServiceProbe probe, Uri address) =>
        probe.Failure is null ? Passed("Network", $"{address.Authority} answered within {probe.Duration.TotalMilliseconds:0} ms.")
        : probe.IsProxyFailure ? Skipped("Network", $"{address.Authority} is reached by way of the proxy, which does not let this pass.")
        : probe.Failure.ErrorId == ErrorIds.SecureConnectionFailed ? Passed("Network", $"{address.Authority} takes connections.")
        : Failed("Network", probe.Failure);

    private static SetupCheck ProxyOf(ServiceProbe probe) =>
        probe.IsProxyFailure ? Failed("Proxy", probe.Failure!)
        : probe.Proxy is not { } proxy ? Passed("Proxy", "None is used for this address.")
        : probe.Failure is null ? Passed("Proxy", $"{proxy.Authority} lets requests pass.")
        : Skipped("Proxy", $"{proxy.Authority} is used for this address; no answer came back through it.");

    private static SetupCheck TlsOf(ServiceProbe probe, Uri address) =>
        address.Scheme != Uri.UriSchemeHttps ? Skipped("Tls", $"{address.Authority} is asked by plain http.")
        : probe.Failure is null ? Passed("Tls", $"The certificate of {address.Host} is trusted.")
        : probe.Failure.ErrorId == ErrorIds.SecureConnectionFailed ? Failed("Tls", probe.Failure)
        : Skipped("Tls", "No connection came about.");

    private static SetupCheck ClockOf(ServiceProbe probe)
    {
        if (probe.ClockDifference is not { } difference)
        {
            return Skipped(
                "Clock",
                probe.Failure is null ? "The service did not say what time it is." : "The service could not be asked for the time."
            );
        }

        var seconds = Math.Round(difference.TotalSeconds);
        var size = difference.Duration();
        return size < SmallDifference
            ? Passed("Clock", "The clock of this machine agrees with that of the service.")
            : new SetupCheck(
                "Clock",
                size < LargeDifference ? SetupStatus.Warning : SetupStatus.Failed,
                $"The clock of this machine is {Math.Abs(seconds):0} seconds {(seconds > 0 ? "ahead of" : "behind")} that of the service: tokens that are "
                    + "signed here may be refused.",
                "Set the clock of this machine, best by a time service (w32tm /resync, timedatectl set-ntp true)."
            );
    }

    private void CheckSignIn(MembraneContext? context)
    {
        if (context is null)
        {
            WriteObject(Failed("SignIn", MembraneSession.NotSignedIn()));
            WriteObject(Skipped("Workspace", "You are not signed in."));
            WriteObject(Skipped("Connections", "You are not signed in."));
            return;
        }

        try
        {
            var client = MembraneSession.Of(context).Client;
            var identity = Await(token => SignedIn.FindAsync(context, client, token));
            WriteObject(Passed("SignIn", $"The context '{context.Name}' ({context.AuthenticationType}) is signed in as {Who(identity)}."));
            Check("Workspace", () => WorkspaceOf(context, identity));
            Check("Connections", () => ConnectionsOf(context, client));
        }
        catch (MembraneException exception)
        {
            WriteObject(Failed("SignIn", exception));
            WriteObject(Skipped("Workspace", "The service could not be asked."));
            WriteObject(Skipped("Connections", "The service could not be asked."));
        }
    }

    private static string Who(Identity identity) =>
        identity.Kind == IdentityKind.Manager ? "the manager of the workspace"
        : identity.Kind == IdentityKind.Account ? $"the account {identity.Email}".TrimEnd()
        : $"the tenant {identity.TenantKey ?? identity.Id}";

    private static SetupCheck WorkspaceOf(MembraneContext context, Identity identity) =>
        identity.Kind != IdentityKind.Account ? Passed("Workspace", $"{identity.WorkspaceKey ?? "That of the token"}, at {context.ApiUri}")
        : identity.Workspaces?.Count > 0
            ? new SetupCheck(
                "Workspace",
                SetupStatus.Warning,
                $"The account has {identity.Workspaces.Count} workspaces, and none of them is chosen.",
                "Connect-Membrane -WorkspaceKey KEY -TenantKey KEY chooses one; Get-MembraneWorkspace shows them."
            )
        : new SetupCheck("Workspace", SetupStatus.Failed, "The account has no workspace.", "Make one in the console of Membrane.");

    private SetupCheck ConnectionsOf(MembraneContext context, MembraneClient client)
    {
        if (MembraneSession.Of(context).IsAccount)
        {
            return Skipped("Connections", "An account has connections in a workspace only.");
        }

        var connections = Await(token => ReadAsync(client, token));
        var waiting = connections.Where(static one => one.GetReadiness() == ConnectionReadiness.NeedsAction).ToArray();
        var unusable = connections.Count(static one => one.GetReadiness() == ConnectionReadiness.Unusable);
        var count = $"{connections.Count}{(connections.Count == MostConnections ? " or more" : string.Empty)}";
        var broken = unusable == 0 ? string.Empty : $" {unusable} cannot be used any more.";
        if (waiting.Length == 0 && unusable == 0)
        {
            return Passed("Connections", $"{count}, and none of them waits for a person.");
        }

        var names = string.Join(", ", waiting.Take(MostNames).Select(static one => $"{one.Name} ({one.Id})"));
        var more = waiting.Length > MostNames ? $" and {waiting.Length - MostNames} more" : string.Empty;
        return new SetupCheck(
            "Connections",
            SetupStatus.Warning,
            $"Of {count}, {waiting.Length} wait for a person{(waiting.Length == 0 ? string.Empty : ": " + names + more)}.{broken}",
            waiting.Length == 0
                ? "Get-MembraneConnection shows them; Connect-MembraneApp connects an app again."
                : $"Connect-MembraneApp -Connection {waiting[0].Id} opens the page for it."
        );
    }

    private static async Task<IReadOnlyList<Connection>> ReadAsync(MembraneClient client, CancellationToken cancellationToken)
    {
        var read = new List<Connection>();
        await foreach (
            var connection in client
                .Connections.List(options: new ListingOptions { First = MostConnections })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            read.Add(connection);
        }

        return read;
    }

    private void Check(string name, Func<SetupCheck> check)
    {
        SetupCheck result;
        try
        {
            result = check();
        }
        catch (MembraneException exception)
        {
            result = Failed(name, exception);
        }
#pragma warning disable CA1031 // Whatever goes wrong with one check, the others are made.
        catch (Exception exception) when (exception is not PipelineStoppedException)
#pragma warning restore CA1031
        {
            result = Failed(name, Unexpected(exception));
        }

        WriteObject(result);
    }

    private static SetupCheck Passed(string name, string detail) => new(name, SetupStatus.Passed, detail);

    private static SetupCheck Skipped(string name, string detail) => new(name, SetupStatus.Skipped, detail);

    private static SetupCheck Failed(string name, MembraneException exception) =>
        new(name, SetupStatus.Failed, exception.Message, ModuleAdvice.Of(exception));

    private static int Compare(Version left, Version right) => new Version(Short(left)).CompareTo(new Version(Short(right)));

    private static string Short(Version version) => version.ToString(version.Build < 0 ? 2 : 3);
}

using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Requests;

/// <summary>
/// Sends a request of any operation of the Membrane API, with this module's sign-in, retries and errors. The names of the
/// parameters are those of Invoke-RestMethod.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "MembraneRequest",
    SupportsShouldProcess = true,
    DefaultParameterSetName = OneSet,
    HelpUri = OnlineHelp.Pages + "Invoke-MembraneRequest.md"
)]
[OutputType(typeof(PSObject), typeof(string), typeof(byte[]))]
public sealed class InvokeMembraneRequestCommand : MembraneRequestCommand
{
    private const string OneSet = "Request";
    private const string AllSet = "FollowCursor";

    private bool isBodyNamed;

    /// <summary>
    /// The path of the operation, such as /connections, or an address of the same host. Any other host is refused, so that a token never
    /// gets there.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Uri")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ApiPathCompleter))]
    public string? Path { get; set; }

    /// <summary>
    /// The body: a hashtable or an object becomes JSON, text and bytes are sent as they are. Each object of the pipeline is one request.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Body { get; set; }

    /// <summary>Read all pages of a list, and emit its items as they come.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    [Alias("All", "FollowRelLink")]
    public SwitchParameter FollowCursor { get; set; }

    /// <summary>How many items of the list at most.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Alias("Limit")]
    [ValidateRange(1, long.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public long First { get; set; } = long.MaxValue;

    /// <summary>How many items to ask for at once, 1 to 1000. Without it, the operation's own size.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [ValidateRange(1, 1000)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? PageSize { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!isBodyNamed)
        {
            RequireInput(Body, nameof(Body), isNamed: false);
        }

        var request = Describe(Path!, Body);
        if (FollowCursor)
        {
            List(request);
            return;
        }

        if (MayBeSent())
        {
            RequireOutFile();
            Write(Await(token => Client.Requests.SendAsync(request, token)));
        }
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isBodyNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Body));
    }

    private bool MayBeSent() => IsRead || ShouldProcess(Path, $"Send {Method}");

    private void List(RawRequest request)
    {
        if (OutFile is not null || Raw || SkipHttpErrorCheck || StatusCodeVariable is not null || ResponseHeadersVariable is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(FollowCursor),
                "With FollowCursor there are several answers, so Raw, OutFile, SkipHttpErrorCheck, StatusCodeVariable and "
                    + "ResponseHeadersVariable have no meaning.",
                "Leave them out, or read one page without FollowCursor."
            );
        }

        var list = Client.Requests.List(request, new ListingOptions { First = First == long.MaxValue ? null : First }, PageSize);
        if (MayBeSent())
        {
            Stream(list);
        }
    }
}

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Membrane.Emulator;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Emulators;

/// <summary>Has an emulator disturb requests: errors, delays, lost connections, rate limits, slow and wrong answers.</summary>
[Cmdlet(
    VerbsCommon.Add,
    "MembraneEmulatorFault",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Add-MembraneEmulatorFault.md"
)]
[OutputType(typeof(void))]
public sealed class AddMembraneEmulatorFaultCommand : MembraneEmulatorCommand
{
    private const int LongestDelay = 600_000;

    /// <summary>The path of the requests to disturb; * stands for anything. Without it, any path.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ApiPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The HTTP method of the requests to disturb. Without it, any method.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

    /// <summary>The status to answer in place of the work, 100 to 599.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(100, 599)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? StatusCode { get; set; }

    /// <summary>The body of that answer: text, or an object that is sent as JSON. Without it, an error in the form of the API.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Body { get; set; }

    /// <summary>Headers of that answer, such as Retry-After.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Headers { get; set; }

    /// <summary>The content type of the answer, in place of the right one.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ContentType { get; set; }

    /// <summary>How long the request waits first, in milliseconds, up to 10 minutes.</summary>
    [Parameter]
    [ValidateRange(0, LongestDelay)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int DelayMilliseconds { get; set; }

    /// <summary>Further waiting, random from 0 to this number of milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, LongestDelay)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int JitterMilliseconds { get; set; }

    /// <summary>
    /// Cut the connection: Before the work is done, After it (the answer is lost), or in the middle of the answer (MidBody).
    /// </summary>
    [Parameter]
    public FaultDrop? Drop { get; set; }

    /// <summary>Let so many matching requests a second through, and answer 429 to the rest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? RequestsPerSecond { get; set; }

    /// <summary>The form of the Retry-After header of -RequestsPerSecond: Seconds or Date, or None to leave it out.</summary>
    [Parameter]
    public RetryAfterForm RetryAfter { get; set; } = RetryAfterForm.Seconds;

    /// <summary>Send the answer no faster than so many bytes a second.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? BodyBytesPerSecond { get; set; }

    /// <summary>How many requests to disturb. Without it, all until Clear-MembraneEmulatorFault.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? Times { get; set; }

    /// <summary>How likely a matching request is disturbed, above 0 and up to 1.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, 1d)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public double Probability { get; set; } = 1;

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected override void Process()
    {
        var doesSomething =
            StatusCode is not null
            || Drop is not null
            || RequestsPerSecond is not null
            || BodyBytesPerSecond is not null
            || ContentType is not null
            || DelayMilliseconds > 0
            || JitterMilliseconds > 0
            || Headers is not null;
        if (!doesSomething)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(StatusCode),
                "Nothing says how to disturb the requests.",
                "Pass -StatusCode, -DelayMilliseconds, -JitterMilliseconds, -Drop, -RequestsPerSecond, -BodyBytesPerSecond, -Headers or "
                    + "-ContentType."
            );
        }

        if (Body is not null && StatusCode is null)
        {
            throw new MembraneInputException(ErrorIds.InvalidInput, nameof(Body), "A body goes with a status.", "Pass -StatusCode, too.");
        }

        var fault = new Fault
        {
            Path = Path,
            Method = Method,
            Status = StatusCode,
            Body =
                PowerShellObjectAdapter.Instance.Unwrap(Body) as string ?? (Body is null ? null : JsonArgument.Write(Body, nameof(Body))),
            ContentType = ContentType,
            DelayMilliseconds = DelayMilliseconds,
            JitterMilliseconds = JitterMilliseconds,
            Drop = Drop,
            RequestsPerSecond = RequestsPerSecond,
            RetryAfter = RetryAfter,
            BodyBytesPerSecond = BodyBytesPerSecond,
            Times = Times,
            Probability = Probability,
        };
        foreach (DictionaryEntry header in Headers ?? new Hashtable())
        {
            fault.Headers[header.Key.ToString()!] = string.Format(CultureInfo.InvariantCulture, "{0}", header.Value);
        }

        var emulator = Meant;
        if (ShouldProcess(emulator.ApiUri.ToString(), "Add fault"))
        {
            HostOf(emulator).AddFault(fault);
        }
    }
}

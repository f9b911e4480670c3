using System.Collections.Generic;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of all commands that call the API.</summary>
public abstract class MembraneApiCommand : MembraneCommand
{
    private MembraneClient? client;
    private CommandBatch? batch;

    /// <summary>The sign-in to use: a context or its name. Without it, the default context of this session.</summary>
    [Parameter]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>The client of the context, which tells this command what it does.</summary>
    /// <exception cref="MembraneSignInException">There is no usable context.</exception>
    internal MembraneClient Client => client ??= MembraneSession.Of(Context).Client.WithObserver(this);

    /// <summary>Refuses an input that is nothing. Only a command that was given none at all goes on without.</summary>
    /// <param name="input">The input.</param>
    /// <param name="parameterName">The parameter that takes it.</param>
    /// <param name="isNamed">Whether the call itself has the parameter; else the input comes from the pipeline, where there is one.</param>
    /// <exception cref="MembraneInputException">It is nothing.</exception>
    private protected void RequireInput(object? input, string parameterName, bool isNamed)
    {
        if ((isNamed || MyInvocation.ExpectingInput) && Nothing.DescribeItself(input) is { } nothing)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"Nothing was given for {parameterName} ({nothing}).",
                $"Look at the variable or the property that it comes from, or leave -{parameterName} out to go without."
            );
        }
    }

    /// <summary>Does something for each reference or text. An error is one error record that names it, and the next one follows.</summary>
    private protected void ForEach<T>(IEnumerable<T> references, System.Action<T> body)
    {
        foreach (var reference in references)
        {
            try
            {
                body(reference);
            }
            catch (MembraneException exception) when (exception is not MembraneSignInException)
            {
                WriteError(exception, reference is ElementReference { IdOrKey: var named } ? named : reference);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        RequireWait();
        _ = Client;
    }

    /// <inheritdoc/>
    protected override void End() => batch?.Finish();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            batch?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Begins to work on several items at a time. The batch ends with the command, however that ends.</summary>
    private protected CommandBatch Start(CommandBatch started) => batch = started;

    // Whoever says how long to wait believes that the command waits.
    private void RequireWait()
    {
        var isWaiting = MyInvocation.BoundParameters.TryGetValue("Wait", out var wait) && wait is SwitchParameter { IsPresent: true };
        if (!isWaiting && IsNamed("TimeoutSec") && MyInvocation.MyCommand.Parameters.ContainsKey("Wait"))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "TimeoutSec",
                "-TimeoutSec says how long to wait, and without -Wait nothing is waited for.",
                "Pass -Wait as well, or leave out -TimeoutSec."
            );
        }
    }
}

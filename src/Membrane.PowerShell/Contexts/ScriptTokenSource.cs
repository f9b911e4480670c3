using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Tokens that a script block supplies. It runs on the pipeline thread of the command that needs a token, when there is none,
/// when the last one is about to end, and after the service has refused it.
/// </summary>
/// <remarks>
/// Each command that waits for a token runs the script itself, unless another one was faster: the pipeline thread may be waiting in
/// a command that has no use for it before it comes back to the others.
/// </remarks>
internal sealed class ScriptTokenSource(ScriptBlock script, string parameterName = "TokenScript") : ITokenSource
{
    // As the vendor's SDK does with the function that it is given.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Guid runspace = Runspace.DefaultRunspace.InstanceId;

    // One reference, so that no thread reads the text of one token with the expiry of another.
    private volatile SuppliedToken? current;
    private bool isRunning;

    public DateTimeOffset? ExpiresAt => current?.ExpiresAt;

    private string? Known =>
        current is { } token && (token.ExpiresAt is not { } end || end - DateTimeOffset.UtcNow > Margin) ? token.Text : null;

    public Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (Known is { } known)
        {
            return Task.FromResult(known);
        }

        var command =
            MembraneCommand.Current
            ?? throw new MembraneSignInException(ErrorIds.TokenScriptFailed, "The token script can only run for a command.", null);
        return command.RunScriptAsync(() => Known ?? Renew(), cancellationToken);
    }

    public bool Discard(string token)
    {
        var refused = current;
        if (refused?.Text == token)
        {
#pragma warning disable CS0420 // Interlocked is as good as volatile.
            Interlocked.CompareExchange(ref current, null, refused);
#pragma warning restore CS0420
        }

        return true;
    }

    private string Renew()
    {
        var token = new SuppliedToken(Run());
        current = token;
        return token.Text;
    }

    private string Run()
    {
        if (Runspace.DefaultRunspace?.InstanceId != runspace)
        {
            throw Failed("It belongs to another session or thread of PowerShell than the one that uses the context.", null);
        }

        if (isRunning)
        {
            throw Failed("It uses the context that it is to give a token for. Name another one there with -Context.", null);
        }

        Collection<PSObject> output;
        isRunning = true;
        try
        {
            output = script.Invoke();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception.Message, exception);
        }
        finally
        {
            isRunning = false;
        }

        return output.Count == 1 && Secrets.ReadToken(output[0]) is { } token
            ? Secrets.Reveal(token)
            : throw Failed(
                $"It must emit one token, and emitted "
                    + $"{(output.Count == 1 ? output[0]?.BaseObject.GetType().Name ?? "nothing" : output.Count + " objects")}.",
                null
            );
    }

    private MembraneSignInException Failed(string why, Exception? exception) =>
        new(
            ErrorIds.TokenScriptFailed,
            $"The script of -{parameterName} gave no token: {why}",
            "It must emit exactly one string, SecureString, or object with a property Token.",
            exception
        );

    private sealed class SuppliedToken(string given)
    {
        public string Text { get; } = given.Trim();

        public DateTimeOffset? ExpiresAt { get; } = new FixedTokenSource(given).ExpiresAt;
    }
}

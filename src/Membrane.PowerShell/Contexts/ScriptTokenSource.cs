using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Tokens that a script block supplies. It runs on the pipeline thread of the command that needs a token, when there is none,
/// when the last one is about to end, and after the service has refused it.
/// </summary>
internal sealed class ScriptTokenSource(ScriptBlock script) : ITokenSource, IDisposable
{
    // As the vendor's SDK does with the function that it is given.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Guid runspace = Runspace.DefaultRunspace.InstanceId;
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile FixedTokenSource? current;
    private volatile string? text;

    public DateTimeOffset? ExpiresAt => current?.ExpiresAt;

    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        MembraneCommand command = MembraneCommand.Current ?? throw new MembraneSignInException(
            ErrorIds.TokenScriptFailed, "The token script can only run for a command.", null);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (text is { } known && (current!.ExpiresAt is not { } end || end - DateTimeOffset.UtcNow > Margin))
            {
                return known;
            }

            string given = await command.RunScriptAsync(Run, cancellationToken).ConfigureAwait(false);
            current = new FixedTokenSource(given);
            text = given.Trim();
            return text;
        }
        finally
        {
            gate.Release();
        }
    }

    public bool Discard(string token)
    {
        if (text == token)
        {
            text = null;
        }

        return true;
    }

    public void Dispose() => gate.Dispose();

    private string Run()
    {
        if (Runspace.DefaultRunspace?.InstanceId != runspace)
        {
            throw Failed("It belongs to another session or thread of PowerShell than the one that uses the context.", null);
        }

        Collection<PSObject> output;
        try
        {
            output = script.Invoke();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failed(exception.Message, exception);
        }

        return output.Count == 1 && Text(output[0]?.BaseObject, output[0]) is { Length: > 0 } token
            ? token
            : throw Failed($"It must emit one token, and emitted {(output.Count == 1 ? output[0]?.BaseObject.GetType().Name ?? "nothing" : output.Count + " objects")}.", null);
    }

    private static string? Text(object? value, PSObject? wrapped) => value switch
    {
        string text => text,
        SecureString secret => Secrets.Reveal(secret),
        _ => wrapped?.Properties.Match("Token").FirstOrDefault()?.Value switch
        {
            string text => text,
            SecureString secret => Secrets.Reveal(secret),
            _ => null,
        },
    };

    private static MembraneSignInException Failed(string why, Exception? exception) => new(
        ErrorIds.TokenScriptFailed,
        "The script of -TokenScript gave no token: " + why,
        "It must emit exactly one string, SecureString, or object with a property Token.",
        exception);
}

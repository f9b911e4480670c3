using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.OAuth;

/// <summary>The newest sign-ins whose page has been opened and not been answered. They end with the process.</summary>
internal sealed class OpenSignIns(OAuthClients clients, EmulatorClock clock)
{
    private const int Limit = 20;

    private readonly object gate = new();
    private readonly List<OpenSignIn> open = new();

    /// <summary>Notes that the page of a sign-in has been opened.</summary>
    /// <param name="request">What the program asks for.</param>
    /// <param name="path">The path and query of the page.</param>
    public void Add(AuthorizationRequest request, string path)
    {
        lock (gate)
        {
            Remove(request);
            open.Add(new OpenSignIn(request.ClientId, request.ClientName, request.State, request.Challenge, path, clock.Now));
            if (open.Count > Limit)
            {
                open.RemoveAt(0);
            }
        }
    }

    /// <summary>Notes that the person has answered.</summary>
    public void Remove(AuthorizationRequest request)
    {
        lock (gate)
        {
            open.RemoveAll(one => one.ClientId == request.ClientId && one.State == request.State && one.Challenge == request.Challenge);
        }
    }

    /// <summary>Returns those of the programs that are still known, the oldest first.</summary>
    public OpenSignIn[] All()
    {
        lock (gate)
        {
            return [.. open.Where(one => clients.NameOf(one.ClientId) is not null)];
        }
    }
}

using System;
using System.Threading.Tasks;
using Membrane.Client.Authentication.Stored;

namespace Membrane.Client.Tests;

/// <summary>What a test starts in a process of its own, to end it at any moment.</summary>
internal static class Program
{
    /// <summary>The argument of a process that stores one sign-in after the other in the file that follows.</summary>
    public const string StoreSignIns = "store-sign-ins";

    public static async Task Main(string[] arguments)
    {
        if (arguments is not [StoreSignIns, var path])
        {
            return;
        }

        var store = new CredentialStore(path);
        for (var number = 0; ; number++)
        {
            await store.SaveAsync(SignIn("work", number));
            await store.SaveAsync(SignIn("play", number));
            await store.RemoveAsync(store.FindSignIn("play")!);

            // Whoever waits for the first line knows that the file is being written.
            Console.WriteLine(number);
        }
    }

    /// <summary>Makes a sign-in whose tokens can be told by their number, and are longer each time.</summary>
    public static StoredSignIn SignIn(string name, int number) =>
        new()
        {
            Id = $"{name}-{number}",
            Name = name,
            ApiUri = new Uri("https://api.example.com"),
            AccessToken = $"secret-{number}-" + new string('x', 4000 + (number % 50 * 100)),
            RefreshToken = $"secret-{number}",
            ExpiresAt = DateTimeOffset.UnixEpoch,
        };
}

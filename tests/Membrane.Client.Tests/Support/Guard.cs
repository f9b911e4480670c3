using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace Membrane.Client.Tests.Support;

/// <summary>Makes a hang a failure. Generous, so that it says nothing about speed.</summary>
internal static class Guard
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task Within(this Task task) => task.WaitAsync(Patience);

    public static async Task UntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "What was waited for did not happen.");
            await Task.Delay(5);
        }
    }
}

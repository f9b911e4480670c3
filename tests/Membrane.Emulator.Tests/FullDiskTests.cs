using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>A disk without room for the state: what was answered with success is there afterwards, and a person is told.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    [SmallDiskFact]
    public async Task What_was_saved_survives_and_the_rest_is_refused()
    {
        var chaos = new Chaos(output);
        var (refused, kept) = (0, new List<string>());
        using var disk = SmallDisk.TryMake(8)!;
        var rounds = Chaos.Rounds(4);
        for (var round = 0; round < rounds; round++)
        {
            using (var workspace = new TestWorkspace(options => options.StatePath = disk.File))
            {
                // The room ends before, or within, one of the changes.
                var full = chaos.Random.Next(1, 8);
                for (var number = 0; number < 12; number++)
                {
                    if (number == full)
                    {
                        disk.Fill();
                    }

                    var key = $"mapping-{round}-{number}";
                    var answer = await workspace.Manager.Post(
                        "/field-mappings",
                        JsonSerializer.Serialize(new { key, name = new string('x', chaos.Random.Next(1, 150_000)) })
                    );
                    if ((int)answer.Status < 300)
                    {
                        kept.Add(key);
                    }
                    else
                    {
                        Assert.Contains("could not be saved", answer.Text + string.Join(" ", workspace.Reports), StringComparison.Ordinal);
                        refused++;
                    }
                }

                Assert.Contains(workspace.Reports, static report => report.Contains("could not be saved", StringComparison.Ordinal));
            }

            disk.Free();
            using var again = new TestWorkspace(options => options.StatePath = disk.File);
            foreach (var key in kept)
            {
                Assert.Equal(key, (await again.Manager.Get("/field-mappings/" + key)).Ok()["key"]);
            }

            // There is room again, and the state is as good as before.
            (await again.Manager.Post("/field-mappings", JsonSerializer.Serialize(new { key = $"after-{round}" }))).Ok();
            kept.Add($"after-{round}");
        }

        chaos.Write($"{rounds} disks filled, {kept.Count} changes kept, {refused} refused");
        Assert.True(refused > 0 && kept.Count > rounds);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(disk.File)!, "*.rewriting"));
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;
using Membrane.Client.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Checkpoints;

/// <summary>A checkpoint file that has been in git, in an editor, on a full or a faulty disk.</summary>
public sealed class CheckpointFileTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Dictionary<string, string> Purpose = new() { ["action"] = "create-contact", ["tenant"] = "größe" };

    private readonly Folder folder = new();
    private readonly Guid[] inputs = [.. Enumerable.Range(1, 6).Select(static number => new Guid(number, 7, 7, new byte[8]))];

    public static TheoryData<string> Editors => ["crlf", "mark", "crlf and mark", "no last line break", "crlf without the last line feed"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Editors))]
    public async Task What_editors_and_git_change_is_read_as_it_is(string editor)
    {
        var path = await WriteAsync();
        var text = await File.ReadAllTextAsync(path);
        var changed = editor switch
        {
            "crlf" => text.Replace("\n", "\r\n", StringComparison.Ordinal),
            "mark" => "\uFEFF" + text,
            "crlf and mark" => "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal),
            "no last line break" => text.TrimEnd('\n'),
            _ => text.Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd('\n'),
        };
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(changed));

        // Twice: the lines that are added must not damage it either.
        for (var round = 0; round < 2; round++)
        {
            using var file = CheckpointJournal.OpenFile(path, Purpose);
            Assert.Null(file.Warning);
            Assert.Equal(Expected(), inputs.Select(file.StateOf));
            await file.WriteAsync(Guid.NewGuid(), CheckpointState.Succeeded);
        }
    }

    [Theory]
    [InlineData("no last line break")]
    [InlineData("half a line")]
    [InlineData("crlf without the last line feed")]
    public async Task A_finished_input_stays_finished_where_the_run_was_killed(string end)
    {
        var path = await WriteAsync();
        var text = WithoutSeal(await File.ReadAllTextAsync(path));
        var changed = end switch
        {
            "no last line break" => text.TrimEnd('\n'),
            "half a line" => text + "S 00ff",
            _ => text.Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd('\n'),
        };
        await File.WriteAllTextAsync(path, changed);
        using (var file = CheckpointJournal.OpenFile(path, Purpose))
        {
            Assert.NotNull(file.Warning);
            Assert.Equal(Expected(), inputs.Select(file.StateOf));
        }

        using var again = CheckpointJournal.OpenFile(path, Purpose);
        Assert.Null(again.Warning);
        Assert.Equal(Expected(), inputs.Select(again.StateOf));
    }

    [Fact]
    public async Task A_file_that_was_cut_at_the_end_of_a_line_is_told_from_a_whole_one()
    {
        var path = await WriteAsync();
        var lines = await File.ReadAllLinesAsync(path);
        for (var count = 1; count < lines.Length; count++)
        {
            await File.WriteAllTextAsync(path, string.Concat(lines.Take(count).Select(static line => line + "\n")));
            using var file = CheckpointJournal.OpenFile(path, Purpose);
            Assert.Contains("cut off", file.Warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_line_that_is_missing_in_the_middle_is_damage()
    {
        var path = await WriteAsync();
        var lines = await File.ReadAllLinesAsync(path);
        await File.WriteAllTextAsync(path, string.Concat(lines.Where(static (_, index) => index != 2).Select(static line => line + "\n")));
        await RequireRefused(path);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public async Task Another_encoding_is_refused_and_left_as_it_is(string encoding)
    {
        var path = await WriteAsync();
        await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(path), Encoding.GetEncoding(encoding));
        await RequireRefused(path);
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused_after_its_beginning()
    {
        var path = await WriteAsync();
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(3L * 1024 * 1024 * 1024);
        }

        Assert.Equal(ErrorIds.CheckpointDamaged, Assert.Throws<MembraneException>(() => CheckpointJournal.OpenFile(path, Purpose)).ErrorId);
        Assert.Equal(3L * 1024 * 1024 * 1024, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Whatever_becomes_of_the_bytes_nothing_is_invented_and_what_is_lost_is_told()
    {
        var chaos = new Chaos(output);
        var whole = await File.ReadAllBytesAsync(await WriteAsync());
        var (refused, warned, same) = (0, 0, 0);
        for (var round = 0; round < Chaos.Rounds(600); round++)
        {
            var bytes = chaos.Damage(whole);
            var path = folder.File($"damaged-{round}");
            await File.WriteAllBytesAsync(path, bytes);
            CheckpointJournal file;
            try
            {
                file = CheckpointJournal.OpenFile(path, Purpose);
            }
            catch (MembraneException exception)
            {
                Assert.Contains(exception.ErrorId, new[] { ErrorIds.CheckpointDamaged, ErrorIds.CheckpointMismatch });
                Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
                refused++;
                continue;
            }

            using (file)
            {
                var states = inputs.Select(file.StateOf).ToArray();
                var expected = Expected().ToArray();
                if (file.Warning is null && bytes.Length > 0 && !IsBeginningOfHeader(bytes))
                {
                    Assert.True(states.SequenceEqual(expected), $"round {round}: other states without a word");
                    same++;
                }
                else
                {
                    // What was cut off leaves the state that an input had before.
                    Assert.All(
                        states.Zip(expected),
                        static pair =>
                            Assert.True(pair.First == pair.Second || pair.First is CheckpointState.None or CheckpointState.Started)
                    );
                    warned++;
                }
            }
        }

        chaos.Write($"{refused} refused, {warned} with a warning, {same} as before");
        Assert.True(refused > 0 && warned > 0 && same > 0);

        bool IsBeginningOfHeader(byte[] bytes) => whole.Take(bytes.Length).SequenceEqual(bytes) && !bytes.Contains((byte)'\n');
    }

    private static async Task RequireRefused(string path)
    {
        var before = await File.ReadAllBytesAsync(path);
        Assert.Equal(ErrorIds.CheckpointDamaged, Assert.Throws<MembraneException>(() => CheckpointJournal.OpenFile(path, Purpose)).ErrorId);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    private static string WithoutSeal(string text) => text.Substring(0, text.TrimEnd('\n').LastIndexOf('\n') + 1);

    private IEnumerable<CheckpointState> Expected() =>
        inputs.Select(
            static (_, index) =>
                (index % 3) switch
                {
                    0 => CheckpointState.Succeeded,
                    1 => CheckpointState.Failed,
                    _ => CheckpointState.Started,
                }
        );

    private async Task<string> WriteAsync()
    {
        var path = folder.File(Guid.NewGuid().ToString("N"));
        using var file = CheckpointJournal.OpenFile(path, Purpose);
        foreach (var (identity, state) in inputs.Zip(Expected()))
        {
            await file.WriteAsync(identity, CheckpointState.Started);
            if (state != CheckpointState.Started)
            {
                await file.WriteAsync(identity, state);
            }
        }

        return path;
    }
}

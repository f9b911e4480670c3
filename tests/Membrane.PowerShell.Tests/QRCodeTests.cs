using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Membrane.PowerShell.QRCodes;
using Xunit;
using Xunit.Abstractions;
using Decoder = ZXing.QrCode.Internal.Decoder;

namespace Membrane.PowerShell.Tests;

/// <summary>A reader of another maker reads what is drawn, in every version, without having to correct anything.</summary>
public sealed class QRCodeTests(ITestOutputHelper output)
{
    private const string OfAddresses = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%";

    [Fact]
    public void A_text_of_any_length_is_read_back()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var versions = new HashSet<int>();
        for (var number = 1; number <= QRVersion.Last; number++)
        {
            var version = new QRVersion(number);
            var most = version.DataBytes - (version.LengthBits == 8 ? 2 : 3);
            var least =
                number == 1 ? 1
                : new QRVersion(number - 1) is var before ? before.DataBytes - (before.LengthBits == 8 ? 2 : 3) + 1
                : 0;
            foreach (var length in number % 5 == 0 ? [least, most] : new[] { random.Next(least, most + 1) })
            {
                var text = new string(Enumerable.Range(0, length).Select(_ => OfAddresses[random.Next(OfAddresses.Length)]).ToArray());
                var code = QRCode.Draw(text)!;
                versions.Add((code.Size - 17) / 4);
                Assert.Equal(text, Read(code));
            }
        }

        Assert.Equal(QRVersion.Last, versions.Count);
    }

    [Fact]
    public void What_is_longer_than_a_code_can_hold_is_not_drawn()
    {
        var most = new QRVersion(QRVersion.Last).DataBytes - 3;
        Assert.NotNull(QRCode.Draw(new string('a', most)));
        Assert.Null(QRCode.Draw(new string('a', most + 1)));
        Assert.Null(QRCode.Draw(new string('\u00e4', (most / 2) + 1)));
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 200)]
    [InlineData(true, 38)]
    public void The_picture_is_read_back_and_fits_the_screen(bool hasColors, int width)
    {
        const string Text = "https://ui.getmembrane.com/c?id=cr_0123456789abcdef";
        var lines = QRPicture.Draw(Text, width, hasColors)!;
        var rows = new List<bool[]>();
        foreach (var line in lines)
        {
            var blocks = line.Replace("\u001b[38;5;16;48;5;231m", string.Empty).Replace("\u001b[0m", string.Empty);
            Assert.True(blocks.Length <= width);
            Assert.Equal(hasColors, line.Length > blocks.Length);
            rows.Add(blocks.Select(block => block is '\u2588' or '\u2580' == hasColors).ToArray());
            rows.Add(blocks.Select(block => block is '\u2588' or '\u2584' == hasColors).ToArray());
        }

        var margin = rows.TakeWhile(static row => !row.Contains(true)).Count();
        Assert.InRange(margin, 2, 4);
        Assert.All(rows, row => Assert.DoesNotContain(true, row.Take(margin).Concat(row.Skip(row.Length - margin))));
        var size = rows[0].Length - (2 * margin);
        Assert.Equal(Text, Decode(rows.Skip(margin).Take(size).Select(row => row.Skip(margin).Take(size).ToArray()).ToArray()));
        Assert.Null(QRPicture.Draw(Text, size + 3, hasColors));
    }

    private static string Read(QRCode code) =>
        Decode(
            Enumerable
                .Range(0, code.Size)
                .Select(row => Enumerable.Range(0, code.Size).Select(column => code.IsDark(row, column)).ToArray())
                .ToArray()
        );

    private static string Decode(bool[][] modules)
    {
        var read = new Decoder().decode(modules, null);
        Assert.NotNull(read);
        Assert.Equal(0, read.ErrorsCorrected);
        return Encoding.UTF8.GetString(read.ByteSegments.SelectMany(static segment => segment).ToArray());
    }
}

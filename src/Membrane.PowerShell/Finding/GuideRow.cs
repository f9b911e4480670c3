using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Finding;

/// <summary>A row of the guide for those who come from the CLI, the REST API or the SDK.</summary>
internal sealed class GuideRow
{
    private static readonly Lazy<IReadOnlyList<GuideRow>> Guide = new(Read);
    private static readonly Regex Cells = new(@"(?<!\\)\|", RegexOptions.CultureInvariant);
    private static readonly Regex Commands = new(@"\b\w+-Membrane\w*", RegexOptions.CultureInvariant);

    private GuideRow(CommandMatchKind kind, string theirs, string ours, string remark)
    {
        Kind = kind;
        Theirs = theirs;
        Ours = ours == "—" ? null : ours;
        Remark = remark.Length == 0 ? null : remark;
        Command =
            Ours is null ? null
            : Commands.Match(Ours) is { Success: true } found ? found.Value
            : Ours.Split(' ')[0];
    }

    /// <summary>All rows, in the order of the guide.</summary>
    public static IReadOnlyList<GuideRow> All => Guide.Value;

    public CommandMatchKind Kind { get; }

    /// <summary>What they write.</summary>
    public string Theirs { get; }

    /// <summary>What is written here; null where there is no counterpart.</summary>
    public string? Ours { get; }

    public string? Remark { get; }

    /// <summary>The first command of this module in what is written here, else the first word.</summary>
    public string? Command { get; }

    public CommandMatch ToMatch() => new(Command, Kind, Theirs, Ours) { Remark = Remark };

    private static GuideRow[] Read()
    {
        var rows = new List<GuideRow>();
        CommandMatchKind? kind = null;
        foreach (var line in EmbeddedText.Lines("coming-from-the-cli.md"))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                kind = line switch
                {
                    _ when line.Contains("CLI") => CommandMatchKind.Cli,
                    _ when line.Contains("REST") => CommandMatchKind.Api,
                    _ when line.Contains("SDK") => CommandMatchKind.Sdk,
                    _ => CommandMatchKind.Page,
                };
            }
            else if (kind is { } known && line.StartsWith("| `", StringComparison.Ordinal))
            {
                var cells = Cells.Split(line).Select(static cell => cell.Trim().Replace("\\|", "|")).ToArray();
                rows.Add(new GuideRow(known, cells[1].Trim('`'), cells[2].Trim('`'), cells[3].Replace("`", string.Empty)));
            }
        }

        return rows.ToArray();
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests;

/// <summary>A parameter of a help page.</summary>
internal sealed class HelpParameter(string name, string text)
{
    public string Name { get; } = name;

    /// <summary>What is said of it, without the block that the module fills in.</summary>
    public string Description { get; } = text.Split("```yaml")[0].Trim();

    public IReadOnlyList<string> Aliases { get; } =
        Regex
            .Match(text, @"^Aliases:\n(?<names>(- .+\n)+)", RegexOptions.Multiline)
            .Groups["names"]
            .Value.Split('\n')
            .Where(line => line.Length > 0)
            .Select(line => line[2..])
            .ToArray();

    /// <summary>The sets, each as name, position, whether it is required, and how the pipeline is bound.</summary>
    public IReadOnlyList<string> Sets { get; } =
        Regex
            .Matches(
                text,
                @"^- Name: (?<name>.+)\n  Position: (?<position>.+)\n  IsRequired: (?<required>.+)\n  ValueFromPipeline: (?<value>.+)\n  ValueFromPipelineByPropertyName: (?<property>.+)$",
                RegexOptions.Multiline
            )
            .Select(match => string.Join(' ', match.Groups.Cast<Group>().Skip(1).Select(group => group.Value)))
            .ToArray();
}

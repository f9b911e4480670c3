using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>The command of an action.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Action">The action, by key or id.</param>
internal sealed record CommandPlan(CommandName Name, string Action)
{
    /// <summary>The key of the action.</summary>
    public string? Key { get; init; }

    /// <summary>The name of the action that people see.</summary>
    public string? Title { get; init; }

    /// <summary>What the action does.</summary>
    public string? Description { get; init; }

    /// <summary>Its parameters; empty where the input is not an object.</summary>
    public IReadOnlyList<ParameterPlan> Parameters { get; init; } = [];

    /// <summary>Whether there is more to an input than the parameters say.</summary>
    public bool TakesMore { get; init; }

    /// <summary>Whether the input is not an object, so that it is passed as a whole.</summary>
    public bool TakesWhole { get; init; }

    /// <summary>What it emits; null where nothing is known of it.</summary>
    public OutputPlan? Output { get; init; }

    /// <summary>The parameter that says where a page begins; null where the pages are not followed.</summary>
    public ParameterPlan? Cursor =>
        Output?.CursorProperty is null
            ? null
            : Parameters.FirstOrDefault(static parameter =>
                parameter is { Kind: ParameterKind.Text, IsMandatory: false, IsArray: false }
                && Is(parameter, "cursor", "nextcursor", "pagetoken", "nextpagetoken", "pagecursor", "after")
            );

    /// <summary>The parameters that say how much is wanted: who names one of them gets one page.</summary>
    public IEnumerable<ParameterPlan> Limits =>
        Parameters.Where(static parameter =>
            Is(parameter, "limit", "pagesize", "perpage", "maxresults", "first", "top", "take", "count", "offset", "page", "skip")
        );

    /// <summary>Whether it only reads.</summary>
    public bool IsReading =>
        Name.Verb
            is "Get"
                or "Find"
                or "Search"
                or "Test"
                or "Measure"
                or "Resolve"
                or "Read"
                or "Show"
                or "Compare"
                or "ConvertTo"
                or "ConvertFrom"
                or "Receive";

    /// <summary>Whether it removes something, so that it asks before it does.</summary>
    public bool IsRemoving => Name.Verb == "Remove";

    private static bool Is(ParameterPlan parameter, params string[] names) =>
        names.Contains(string.Concat(NameWords.Split(parameter.Property)));
}

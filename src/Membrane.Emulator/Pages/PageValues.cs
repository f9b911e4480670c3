using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Emulator.Pages;

/// <summary>The values of a template's placeholders: text, which is encoded when it is added, HTML, conditions and lists.</summary>
internal sealed class PageValues : IEnumerable<string>
{
    private static readonly PageValues[] None = Array.Empty<PageValues>();

    private readonly Dictionary<string, Html?> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PageValues[]> sections = new(StringComparer.Ordinal);
    private PageValues? outer;

    /// <summary>Adds text; null leaves it out, and the section of that name with it.</summary>
    public void Add(string name, string? text) => Add(name, text is null ? null : Html.Encode(text));

    public void Add(string name, Html? html)
    {
        texts.Add(name, html);
        sections.Add(name, html is null ? None : new[] { this });
    }

    public void Add(string name, bool condition) => sections.Add(name, condition ? new[] { this } : None);

    /// <summary>Adds a list: its section is written once for each item, which sees the values around it too.</summary>
    public void Add(string name, IEnumerable<PageValues> items)
    {
        var added = items.ToArray();
        foreach (var item in added)
        {
            item.outer = this;
        }

        sections.Add(name, added);
    }

    /// <summary>Gets the HTML that replaces a placeholder.</summary>
    /// <exception cref="KeyNotFoundException">The template has a placeholder that the page does not know.</exception>
    public string Text(string name) =>
        texts.TryGetValue(name, out var html) ? html?.Text ?? ""
        : outer is not null ? outer.Text(name)
        : throw new KeyNotFoundException($"No value for the placeholder '{name}' of a page.");

    /// <summary>Gets the values with which a section is written; none where it is left out.</summary>
    /// <exception cref="KeyNotFoundException">The template has a section that the page does not know.</exception>
    public IReadOnlyCollection<PageValues> Section(string name) =>
        sections.TryGetValue(name, out var found) ? found
        : outer is null ? throw new KeyNotFoundException($"No value for the section '{name}' of a page.")
        : outer.Section(name).Count == 0 ? None
        : new[] { this };

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => sections.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sections.Keys.GetEnumerator();
}

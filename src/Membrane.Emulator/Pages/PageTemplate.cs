using System;
using System.Text;
using System.Text.RegularExpressions;
using Membrane.Client.Files;

namespace Membrane.Emulator.Pages;

/// <summary>
/// A file of HTML with placeholders. <c>{{Name}}</c> is replaced by a value. What stands between <c>{{#Name}}</c> and
/// <c>{{/Name}}</c> is written if there is a value, and once for each item of a list; after <c>{{^Name}}</c>, if there is none.
/// <c>{{&gt;Name}}</c> stands for another file. The template alone is searched for placeholders, never a value.
/// </summary>
internal sealed class PageTemplate
{
    private static readonly Regex Partial = new(@"\{\{>([A-Za-z]+)\}\}", RegexOptions.CultureInvariant);
    private static readonly Regex LineOfSection = new(
        @"^(\{\{[#^/][A-Za-z]+\}\})\n",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );
    private static readonly Regex Placeholder = new(@"\{\{([#^/]?)([A-Za-z]+)\}\}", RegexOptions.CultureInvariant);

    private readonly string text;

    private PageTemplate(string text) => this.text = text;

    /// <summary>Reads a template of the assembly.</summary>
    public static PageTemplate Read(string name) => new(LineOfSection.Replace(WithPartials(ReadText(name)) + "\n", "$1").TrimEnd('\n'));

    /// <summary>Reads a file of the pages, without the end of its last line.</summary>
    public static string ReadText(string name) => EmbeddedText.Read(typeof(PageTemplate).Assembly, "Templates/" + name).TrimEnd('\n');

    /// <summary>Writes the HTML with these values.</summary>
    public Html Fill(PageValues values)
    {
        var html = new StringBuilder();
        Write(html, 0, text.Length, values);
        return Html.FromTemplate(html.ToString());
    }

    private static string WithPartials(string text) =>
        Partial.Replace(text, place => WithPartials(ReadText(place.Groups[1].Value + ".html")));

    private void Write(StringBuilder html, int start, int end, PageValues values)
    {
        for (var place = Placeholder.Match(text, start, end - start); place.Success; place = Placeholder.Match(text, start, end - start))
        {
            html.Append(text, start, place.Index - start);
            start = place.Index + place.Length;
            var name = place.Groups[2].Value;
            if (place.Groups[1].Length == 0)
            {
                html.Append(values.Text(name));
                continue;
            }

            var endTag = "{{/" + name + "}}";
            var sectionEnd = text.IndexOf(endTag, start, end - start, StringComparison.Ordinal);
            WriteSection(html, place.Groups[1].Value == "#", start, sectionEnd, values, name);
            start = sectionEnd + endTag.Length;
        }

        html.Append(text, start, end - start);
    }

    private void WriteSection(StringBuilder html, bool isShownWithValue, int start, int end, PageValues values, string name)
    {
        var items = values.Section(name);
        if (isShownWithValue)
        {
            foreach (var item in items)
            {
                Write(html, start, end, item);
            }
        }
        else if (items.Count == 0)
        {
            Write(html, start, end, values);
        }
    }
}

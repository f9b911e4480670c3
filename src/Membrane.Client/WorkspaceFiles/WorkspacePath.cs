using System;
using System.Linq;
using Membrane.Client.Files;
using Membrane.Client.Json;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>
/// The name of a file of a workspace, relative to the folder that it lies in: <c>membrane/TYPE/KEY/KEY.yaml</c>,
/// <c>membrane/integrations/KEY/TYPE/KEY/KEY.yaml</c>, or below <c>membrane/connectors/KEY/VERSION/src</c>.
/// </summary>
internal sealed class WorkspacePath
{
    /// <summary>The folder that all files of a workspace lie in.</summary>
    public const string Root = "membrane";

    /// <summary>How the file of an element ends.</summary>
    public const string Extension = ".yaml";

    private const string Connectors = "connectors";
    private const string Integrations = "integrations";
    private const int MaxLength = 1000;
    private const int MaxNameLength = 200;

    private WorkspacePath(string text, string folder, string name, string? integrationName, string? source)
    {
        Text = text;
        Folder = folder;
        Name = name;
        IntegrationName = integrationName;
        Source = source;
    }

    /// <summary>The whole, with slashes.</summary>
    public string Text { get; }

    /// <summary>The folder of the type, such as field-mappings.</summary>
    public string Folder { get; }

    /// <summary>The folder of the element: its key, escaped where that is not a name of a folder.</summary>
    public string Name { get; }

    /// <summary>The folder of the integration that the element belongs to.</summary>
    public string? IntegrationName { get; }

    /// <summary>For a source file of a connector, what comes after the folder of the connector; null for the file of an element.</summary>
    public string? Source { get; }

    public string Key => Uri.UnescapeDataString(Name);

    public string? IntegrationKey => IntegrationName is null ? null : Uri.UnescapeDataString(IntegrationName);

    public string ElementType => ElementTypes.Known.FirstOrDefault(type => type.Path == Folder)?.Name ?? Folder;

    /// <summary>The file of an element.</summary>
    public static string Of(string folder, string key, string? integrationKey = null)
    {
        var name = Escape(key);
        var start = integrationKey is null ? Root : $"{Root}/{Integrations}/{Escape(integrationKey)}";
        return $"{start}/{folder}/{name}/{name}{Extension}";
    }

    /// <summary>A source file of a connector.</summary>
    public static string OfSource(string key, string source) => $"{Root}/{Connectors}/{Escape(key)}/{source}";

    /// <summary>What the name says; null for a file that is not part of the layout.</summary>
    public static WorkspacePath? Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length < 4 || parts[0] != Root)
        {
            return null;
        }

        if (parts.Length == 4)
        {
            return IsElement(parts[2], parts[3]) ? new WorkspacePath(text, parts[1], parts[2], null, null) : null;
        }

        if (parts.Length == 6 && parts[1] == Integrations)
        {
            return IsElement(parts[4], parts[5]) ? new WorkspacePath(text, parts[3], parts[4], parts[2], null) : null;
        }

        return parts.Length >= 6 && parts[1] == Connectors && parts[4] == "src"
            ? new WorkspacePath(text, Connectors, parts[2], null, string.Join("/", parts.Skip(3)))
            : null;
    }

    /// <summary>The file of an element that is meant, where a file is called like its folder except for case; else null.</summary>
    public static string? FindMeant(string text)
    {
        var parts = text.Split('/');
        if (parts.Length is not (4 or 6) || Parse(text) is not null)
        {
            return null;
        }

        var name = parts[parts.Length - 2] + Extension;
        var isOneName = string.Equals(parts[parts.Length - 1], name, StringComparison.OrdinalIgnoreCase);
        parts[parts.Length - 1] = name;
        return isOneName ? Parse(string.Join("/", parts))?.Text : null;
    }

    /// <summary>Says why the text must not become the name of a file on any system; null where it may.</summary>
    public static string? Refuse(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters";
        }

        return text.Split('/').Select(RefuseName).FirstOrDefault(static why => why is not null);
    }

    /// <summary>The key as the name of a folder: what cannot stand there is escaped as in an address.</summary>
    public static string Escape(string key)
    {
        var name = Uri.EscapeDataString(key);
        if (name.Length > 0 && (name[0] == '.' || DeviceName.IsReserved(name)))
        {
            name = Uri.HexEscape(name[0]) + name.Remove(0, 1);
        }

        return name.EndsWith(".", StringComparison.Ordinal) ? name.Remove(name.Length - 1) + Uri.HexEscape('.') : name;
    }

    private static bool IsElement(string name, string file) => name.Length > 0 && file == name + Extension;

    private static string? RefuseName(string name)
    {
        if (name.Length == 0)
        {
            return "begins or ends with a slash, or has two of them in a row";
        }

        if (name is "." or "..")
        {
            return "leads out of its folder";
        }

        if (name.Length > MaxNameLength)
        {
            return $"has a part that is longer than {MaxNameLength} characters";
        }

        if (
            name.Any(static character => character is '\\' or ':' or '<' or '>' or '"' or '|' or '?' or '*' || char.IsControl(character))
            || !LenientJsonText.IsWellFormed(name)
        )
        {
            return "has a character that not every system allows";
        }

        if (name[name.Length - 1] is '.' or ' ' || name[0] == ' ')
        {
            return "has a part that begins with a space, or ends with a space or a dot";
        }

        // Git runs what a folder of this name says.
        return DeviceName.IsReserved(name) || string.Equals(name, ".git", StringComparison.OrdinalIgnoreCase)
            ? $"has the part '{name}', which is reserved"
            : null;
    }
}

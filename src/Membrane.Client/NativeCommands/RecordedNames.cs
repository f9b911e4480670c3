using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.Client.NativeCommands;

/// <summary>What names and texts in the record of a module may look like: as they are made, and no other.</summary>
internal static class RecordedNames
{
    private const int MaxLength = 200;
    private const int MaxSelectorLength = 1000;

    private static readonly Regex Module = Whole("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*");
    private static readonly Regex Version = Whole("[0-9]{1,9}(\\.[0-9]{1,9}){1,3}");
    private static readonly Regex Prefix = Whole("[A-Za-z0-9]+");
    private static readonly Regex Command = Whole("([A-Za-z]+)-[A-Za-z0-9]+");
    private static readonly Regex Alias = Whole("[a-z0-9]+(-[a-z0-9]+)+");
    private static readonly Regex Parameter = Whole("[A-Za-z][A-Za-z0-9]*");
    private static readonly Regex Output = Whole(Regex.Escape(AppPlan.TypePrefix) + "[A-Za-z0-9]+\\.[A-Za-z0-9]+: .*");
    private static readonly Regex ParameterText = Whole("(any|object|text|integer|number|switch|boolean|time|date)(\\[\\])?(, .*)?");

    public static bool IsModule(string text) => text.Length <= MaxLength && Module.IsMatch(text);

    public static bool IsVersion(string text) => Version.IsMatch(text);

    public static bool IsPrefix(string text) => Prefix.IsMatch(text);

    /// <summary>Returns whether it is an id or a key: text that can be seen, without marks that a script gives a meaning.</summary>
    public static bool IsSelector(string text) =>
        text.Length is > 0 and <= MaxSelectorLength && ScriptText.IsVisible(text) && !text.Any(ScriptText.IsMark);

    /// <summary>Returns whether it is a verb and a noun as they are made of the key of an action, and of no command of PowerShell.</summary>
    public static bool IsCommand(string text) =>
        text.Length <= MaxLength
        && Command.Match(text) is { Success: true } match
        && Verbs.Contains(match.Groups[1].Value)
        && !BuiltInCommands.Contains(text);

    public static bool IsAlias(string text) => text.Length <= MaxLength && Alias.IsMatch(text) && !BuiltInCommands.Contains(text);

    public static bool IsParameter(string text) => text.Length <= MaxLength && Parameter.IsMatch(text);

    public static bool IsOutput(string text) => ScriptText.IsVisible(text) && Output.IsMatch(text);

    public static bool IsParameterText(string text) => ScriptText.IsVisible(text) && ParameterText.IsMatch(text);

    private static Regex Whole(string pattern) => new("\\A(?:" + pattern + ")\\z", RegexOptions.CultureInvariant);
}

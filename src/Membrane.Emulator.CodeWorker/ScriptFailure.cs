using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.Emulator.CodeWorker;

/// <summary>Why a script has failed, and where.</summary>
/// <param name="Message">With the name of the error before it, as the engines write it.</param>
/// <param name="Stack">The message and the calls that led there.</param>
internal sealed partial record ScriptFailure(string Message, string Stack)
{
    /// <summary>The longest text that is told.</summary>
    private const int Longest = 4_000;

    /// <summary>The line in the script, from 1; 0 where that is not known.</summary>
    public int Line { get; private init; }

    /// <summary>The column in the line, from 1.</summary>
    public int Column { get; private init; }

    /// <summary>Whether the script was ended from outside: its process may be the worse for it.</summary>
    public bool IsLimit { get; init; }

    /// <summary>Makes a failure whose place is the first in its stack that is in the script.</summary>
    public static ScriptFailure Of(string message, string? stack)
    {
        // Calls outside the script tell its author nothing.
        var calls = (stack ?? "")
            .Split('\n')
            .Where(static line =>
                line.Contains(Script.Name + ":", StringComparison.Ordinal) && line.TrimStart().StartsWith("at ", StringComparison.Ordinal)
            )
            .ToArray();
        var told = Short(LoadingError().Replace(message, ""));
        var place = Place().Match(calls.Length > 0 ? calls[0] : message);
        return new ScriptFailure(told, Short(string.Join("\n", [told, .. calls])))
        {
            Line = place.Success ? int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            Column = place.Success ? int.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture) : 0,
        };
    }

    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    [GeneratedRegex(@"code\.js:(\d{1,8}):(\d{1,8})")]
    private static partial Regex Place();

    [GeneratedRegex(@"Error while loading module: error in module 'code\.js': ")]
    private static partial Regex LoadingError();
}

using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Common;

/// <summary>
/// A command that opens a page, as the environment variable BROWSER has it for xdg-open and for Python: a program with arguments, in
/// which %s stands for the address; without it, the address comes last.
/// </summary>
internal sealed class BrowserCommand
{
    private const string Place = "%s";
    private static readonly string[] Shell = ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh"];

    private readonly IReadOnlyList<string> words;

    private BrowserCommand(IReadOnlyList<string> words) => this.words = words;

    /// <summary>Reads commands that are parted by colons, to be tried one after the other.</summary>
    public static IReadOnlyList<BrowserCommand> ReadAll(string? list) =>
        (list ?? string.Empty)
            .Split(':')
            // With an ampersand at its end, a shell would not wait for it; neither does anybody here.
            .Select(static command => Split(command.Trim().TrimEnd('&')))
            .Where(static words => words.Count > 0)
            .Select(static words => new BrowserCommand(words))
            .ToArray();

    /// <summary>Returns how to start it.</summary>
    /// <param name="address">The address of the page.</param>
    public ProcessStartInfo Start(string address)
    {
        var given = words.Any(static word => word.Contains(Place))
            ? words.Select(word => word.Replace(Place, address))
            : words.Append(address);

        // By way of the shell, so that what the browser has to say does not end up in this console. The words are passed on as
        // parameters: none of them is read as script.
        var arguments = string.Join(" ", Shell.Concat(given).Select(Quote));
        return new ProcessStartInfo("/bin/sh", arguments) { UseShellExecute = false };
    }

    // As a shell does: spaces part words, unless they are quoted.
    private static List<string> Split(string command)
    {
        // The path of a program with spaces, as it is.
        if (File.Exists(command))
        {
            return [command];
        }

        var words = new List<string>();
        var word = new StringBuilder();
        var isBegun = false;
        var quote = '\0';
        for (var index = 0; index < command.Length; index++)
        {
            var letter = command[index];
            if (letter == '\\' && quote != '\'' && index + 1 < command.Length)
            {
                word.Append(command[++index]);
                isBegun = true;
            }
            else if (quote == '\0' ? letter is '\'' or '"' : quote == letter)
            {
                quote = quote == letter ? '\0' : letter;
                isBegun = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                Add();
            }
            else
            {
                word.Append(letter);
                isBegun = true;
            }
        }

        Add();
        return words;

        void Add()
        {
            if (isBegun)
            {
                words.Add(word.ToString());
                word.Clear();
                isBegun = false;
            }
        }
    }

    // By the rules of the framework for a line of arguments: a backslash is one unless a quote follows.
    private static string Quote(string word) => "\"" + Regex.Replace(Regex.Replace(word, @"(\\*)""", "$1$1\\\""), @"(\\+)$", "$1$1") + "\"";
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Finding;

/// <summary>
/// Finds the commands of this module that do the work of an operation of the API, of a command of the CLI or of a call of the SDK, or by
/// words. It knows what the guides and the help know, and sends no request.
/// </summary>
[Cmdlet(VerbsCommon.Find, "MembraneCommand", DefaultParameterSetName = QuerySet, HelpUri = OnlineHelp.Pages + "Find-MembraneCommand.md")]
[OutputType(typeof(CommandMatch))]
public sealed class FindMembraneCommandCommand : MembraneCommand
{
    private const string QuerySet = "Query";
    private const string UriSet = "Uri";
    private const string CommandSet = "Command";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>
    /// What to look for: a request such as GET /connections, the name of an operation, a command line of the CLI, a call of the SDK, a
    /// command of this module, or words of what it should do. Several words need no quotes.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromRemainingArguments = true, ParameterSetName = QuerySet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    public string[]? Query { get; set; }

    /// <summary>A path of the API or an address, with or without ids; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = UriSet)]
    [Alias("Path")]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ApiPathCompleter))]
    public string[]? Uri { get; set; }

    /// <summary>With -Uri: the method; without it all.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateSet("GET", "POST", "PUT", "PATCH", "DELETE")]
    public string? Method { get; set; }

    /// <summary>Commands of this module, of which you want the counterparts; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CommandSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(CommandNameCompleter))]
    public string[]? Command { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case UriSet:
                Emit(Uri!, uri => ApiMatches.OfPath(uri, Method));
                break;
            case CommandSet:
                Emit(Command!, OfCommand);
                break;
            default:
                Emit([string.Join(" ", Query!)], Find);
                break;
        }
    }

    private void Emit(IEnumerable<string> wanted, Func<string, IEnumerable<CommandMatch>> find)
    {
        foreach (var text in wanted)
        {
            var matches = find(text).ToArray();
            if (matches.Length == 0)
            {
                WriteWarning($"No command was found for '{text}'. Get-Help about_Membrane lists all commands by task.");
            }

            WriteObject(matches, enumerateCollection: true);
        }
    }

    private static IEnumerable<CommandMatch> Find(string query)
    {
        var text = query.Trim();
        var parts = text.Split([' '], 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && Methods.Contains(parts[0], StringComparer.OrdinalIgnoreCase) && LooksLikePath(parts[1].Trim()))
        {
            return ApiMatches
                .OfPath(parts[1].Trim().Split(' ')[0], parts[0])
                .OrderByDescending(match => string.Equals(match.Counterpart, text, StringComparison.OrdinalIgnoreCase));
        }

        if (LooksLikePath(text))
        {
            return ApiMatches.OfPath(text, null);
        }

        Func<string, IEnumerable<CommandMatch>>[] ways =
        [
            ApiMatches.OfOperation,
            OfCommand,
            GuideMatches.OfSdk,
            GuideMatches.OfCli,
            WordMatches.Of,
        ];
        return ways.Select(way => way(text).ToArray()).FirstOrDefault(static found => found.Length > 0) ?? [];
    }

    private static bool LooksLikePath(string text) =>
        text.Length > 1
        && (
            text[0] == '/'
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<CommandMatch> OfCommand(string name) =>
        CommandHelp.Find(name).SelectMany(static command => ApiMatches.OfCommand(command).Concat(GuideMatches.OfCommand(command.Name)));
}

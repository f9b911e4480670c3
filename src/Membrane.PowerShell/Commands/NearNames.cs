using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.English;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// Finds what a parameter was meant to name, when something was not found: what Tab would have offered for it, and is spelt nearly the same.
/// </summary>
internal static class NearNames
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Returns a question that names it; null where nothing is near.</summary>
    public static string? Suggest(PSCmdlet command, MembraneClient client)
    {
        var bound = command.MyInvocation.BoundParameters;
        var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in bound)
        {
            values[parameter.Key] = parameter.Value is ElementReference { Source: null } reference ? reference.IdOrKey : parameter.Value;
        }

        foreach (var parameter in bound)
        {
            var given = Texts(parameter.Value).ToArray();
            if (given.Length > 0 && FindCompleter(command, parameter.Key) is { } completer)
            {
                var request = new CompletionRequest(client, string.Empty, values) { IsOfAll = true };
                LiveCompleter.Within(Budget, token => completer.AddWordsAsync(request, token));
                if (given.Select(text => Find(text, request.Words)).FirstOrDefault(static name => name is not null) is { } name)
                {
                    return $"Did you mean '{name}'?";
                }
            }
        }

        return null;
    }

    private static string? Find(string text, IReadOnlyCollection<CompletionWord> words) =>
        NearName.Find(text, words.SelectMany(static word => word.Names)) is { } name
            ? words.First(word => word.Names.Contains(name)).Value
            : null;

    private static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            string text => [text],
            ElementReference { Source: null } reference => [reference.IdOrKey],
            string[] texts => texts,
            IEnumerable<ElementReference> references => references.SelectMany(Texts),
            _ => [],
        };

    private static LiveCompleter? FindCompleter(PSCmdlet command, string parameterName) =>
        command.MyInvocation.MyCommand.Parameters.TryGetValue(parameterName, out var parameter)
        && parameter.Attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type is { } type
        && typeof(LiveCompleter).IsAssignableFrom(type)
            ? (LiveCompleter)Activator.CreateInstance(type)!
            : null;
}

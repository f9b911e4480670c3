using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// Completes paths of the API from its contract: those of the method that the command line names, with the methods that each has. What was
/// typed for a parameter of the path stays.
/// </summary>
public sealed class ApiPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = CompletionText.Read(wordToComplete);
        var method = fakeBoundParameters.Contains("Method") ? fakeBoundParameters["Method"]?.ToString() : null;
        return ApiOperation
            .All.Where(operation => method is null || string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase))
            .GroupBy(static operation => operation.Path)
            .Select(operations => Describe(operations, typed))
            .OfType<CompletionWord>()
            .OrderBy(static word => word.Value, StringComparer.Ordinal)
            .Select(static word => word.ToResult(Write(word.Value)))
            .ToArray();
    }

    private static CompletionWord? Describe(IGrouping<string, ApiOperation> operations, string typed) =>
        Fill(operations.Key, typed) is { } path
            ? new CompletionWord(path, string.Join(", ", operations.Select(static operation => $"{operation.Method} {operation.Id}")))
            : null;

    // Each part but the last is as it was typed; a parameter of the path takes any text.
    private static string? Fill(string path, string typed)
    {
        var hasSlash = typed.Length == 0 || typed[0] == '/';
        var given = typed.TrimStart('/').Split('/');
        var parts = path.TrimStart('/').Split('/');
        if (given.Length > parts.Length)
        {
            return null;
        }

        for (var index = 0; index < given.Length; index++)
        {
            var isLast = index == given.Length - 1;
            var isParameter = parts[index][0] == '{';
            if (isParameter && given[index].Length > 0 && !(isLast && parts[index].StartsWith(given[index], StringComparison.Ordinal)))
            {
                parts[index] = given[index];
            }
            else if (!isParameter && !(isLast ? StartsWith(parts[index], given[index]) : Same(parts[index], given[index])))
            {
                return null;
            }
        }

        return (hasSlash ? "/" : string.Empty) + string.Join("/", parts);
    }

    private static bool StartsWith(string part, string typed) => part.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static bool Same(string part, string typed) => string.Equals(part, typed, StringComparison.OrdinalIgnoreCase);

    private static string Write(string path) =>
        path.All(static letter => char.IsLetterOrDigit(letter) || letter is '/' or '-' or '_' or '.')
            ? path
            : CompletionText.Argument(path);
}

using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Completes a parameter that is true or false.</summary>
public sealed class BooleanCompleter : IArgumentCompleter
{
    private static readonly CompletionWord[] Words = [new("$true", null, "true"), new("$false", null, "false")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Words.Where(word => word.StartsWith(wordToComplete ?? string.Empty)).Select(static word => word.ToResult(word.Value)).ToArray();
}

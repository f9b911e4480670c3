using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Completes a parameter whose values cannot be known with nothing: without a completer the engine offers the names of files.</summary>
public sealed class NoCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => [];
}

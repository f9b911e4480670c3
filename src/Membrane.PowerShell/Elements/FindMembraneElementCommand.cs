using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>
/// Finds elements of the workspace by a word of their name, or by meaning: connectors, integrations, connections, actions and others
/// (GET /search, GET /semantic-search).
/// </summary>
[Cmdlet(VerbsCommon.Find, "MembraneElement", SupportsPaging = true, HelpUri = OnlineHelp.Pages + "Find-MembraneElement.md")]
[OutputType(typeof(SearchResult))]
public sealed class FindMembraneElementCommand : MembraneListCommand
{
    /// <summary>The words, 1 to 200 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Search")]
    [ValidateLength(1, 200)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Query { get; set; }

    /// <summary>The type of the elements, such as connector.</summary>
    [Parameter(Position = 1)]
    [Alias("Type")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [ValidatePattern("^[A-Za-z]+(-[A-Za-z]+)*$")]
    public string? ElementType { get; set; }

    /// <summary>Find by meaning, best first, and not by the words themselves. The service answers with at most 100.</summary>
    [Parameter]
    public SwitchParameter Semantic { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Query;

    private protected override void List() =>
        Stream(options =>
            Semantic ? Client.Search.FindByMeaning(Query!, ElementType, options) : Client.Search.Find(Query!, ElementType, options)
        );
}

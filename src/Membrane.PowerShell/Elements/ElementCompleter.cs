using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Elements;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>Completes elements of the type that the command line names, by key, or by id where there is none.</summary>
public class ElementCompleter : LiveCompleter
{
    /// <summary>Whether only an id will do.</summary>
    private protected virtual bool TakesOnlyIds => false;

    private protected override async Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var name = (request.Find("Type") ?? request.Find("ElementType"))?.ToString();
        var type = ElementTypes.Known.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
        if (type is not null)
        {
            await request
                .ReadAsync(
                    (search, options) => request.Client.Elements.List(type, new ElementFilter { Search = search }, options),
                    type.Can(ElementAbilities.Search),
                    Describe,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    private CompletionWord Describe(Element element) =>
        new(
            (TakesOnlyIds || string.IsNullOrEmpty(element.Key) ? element.Id : element.Key) ?? string.Empty,
            element.Name,
            element.Key,
            element.Name
        );
}

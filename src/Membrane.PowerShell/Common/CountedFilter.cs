using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.PowerShell.Common;

/// <summary>Applies First and Skip to a list of which only some items match.</summary>
internal sealed class CountedFilter<T>(Func<T, bool> fits, ulong skip, ulong first)
{
    public async IAsyncEnumerable<T> Apply(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ulong passed = 0;
        ulong given = 0;
        if (first == 0)
        {
            yield break;
        }

        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!fits(item) || passed++ < skip)
            {
                continue;
            }

            yield return item;
            if (++given == first)
            {
                yield break;
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Membrane.PowerShell.Tests.Layers.Sample.Low;

namespace Membrane.PowerShell.Tests.Layers.Sample.High;

/// <summary>Names each type of Low in another way.</summary>
internal sealed class Caller<T> : Base, IContract
    where T : IConstraint
{
    public int Number { get; } = Constants.Number;

    [Mark(typeof(InAttribute))]
    public Func<object> Make { get; } = static () => new InLambda();

    public static async Task<object> Wait(Parameter? parameter)
    {
        await Task.Yield();
        return (object?)parameter ?? new InAsync();
    }

    public static int Count(IEnumerable<List<Argument>[]> several)
    {
        try
        {
            return string.Concat(several).Length + Array.Empty<OfElement>().Length;
        }
        catch (Caught)
        {
            return 0;
        }
    }
}

using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Paging;

/// <summary>Finds the items and the cursor in an answer of any shape.</summary>
internal static class LenientPageReader
{
    private static readonly string[] UsualNames = ["items", "records", "outputs", "runs", "data"];

    /// <summary>The items of a bare array, those of the envelope's list, or the answer itself where it holds none.</summary>
    public static Page<object?> From(object? answer, IObjectAdapter objects)
    {
        if (answer is null)
        {
            return new Page<object?>([], null);
        }

        if (answer is object?[] array)
        {
            return new Page<object?>(array, null);
        }

        var members = ObjectMembers.Of(answer, objects)?.ToArray() ?? [];
        var cursor = members.FirstOrDefault(static member => member.Key == "cursor").Value switch
        {
            string { Length: > 0 } text => text,
            long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
        var items = UsualNames
            .Select(name => members.FirstOrDefault(member => member.Key == name).Value as object?[])
            .FirstOrDefault(static list => list is not null);
        return new Page<object?>(items ?? [answer], items is null ? null : cursor);
    }
}

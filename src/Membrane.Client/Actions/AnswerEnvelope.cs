using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>The answer of an app that is a list with what says of which page it is: exactly one array, and only such members beside it.</summary>
internal sealed class AnswerEnvelope
{
    private const int MaxDepth = 3;

    private AnswerEnvelope(IReadOnlyList<object?> items, bool hasMore)
    {
        Items = items.ToArray();
        HasMore = hasMore;
    }

    /// <summary>The items of the list.</summary>
    public object?[] Items { get; }

    /// <summary>Whether the answer names a further page.</summary>
    public bool HasMore { get; }

    /// <summary>Opens an answer; null where it is not an envelope.</summary>
    public static AnswerEnvelope? Open(object? answer, IObjectAdapter objects)
    {
        var members = Members(answer, objects);
        var lists = members.Where(member => objects.Unwrap(member.Value) is object?[]).ToArray();
        return lists.Length == 1 && members.All(member => member.Key == lists[0].Key || IsPaging(member.Key))
            ? new AnswerEnvelope((object?[])objects.Unwrap(lists[0].Value)!, members.Any(member => NamesPage(member, objects, 0)))
            : null;
    }

    /// <summary>Returns whether a member of an answer speaks of the list: where it ends, how long it is, where it is from.</summary>
    public static bool IsPaging(string name)
    {
        var plain = Plain(name);
        return plain
                is "ok"
                    or "success"
                    or "total"
                    or "count"
                    or "totalcount"
                    or "totalresults"
                    or "hasmore"
                    or "more"
                    or "object"
                    or "url"
                    or "limit"
                    or "offset"
                    or "meta"
                    or "metadata"
                    or "links"
                    or "responsemetadata"
            || plain.Contains("cursor")
            || plain.Contains("page")
            || plain.Contains("pagi")
            || plain.Contains("next")
            || plain.Contains("previous")
            || plain.Contains("token");
    }

    private static bool NamesPage(KeyValuePair<string, object?> member, IObjectAdapter objects, int depth)
    {
        var value = objects.Unwrap(member.Value);
        var plain = Plain(member.Key);
        if (plain.Contains("prev") || plain is "self" or "first" || depth > MaxDepth)
        {
            return false;
        }

        return value switch
        {
            bool flag => flag && plain is "hasmore" or "more" or "hasnext" or "hasnextpage",
            string text => text.Length > 0 && (plain.Contains("cursor") || plain.Contains("next") || plain is "after" or "pagetoken"),
            null or object?[] => false,
            _ => Members(value, objects).Any(inner => NamesPage(inner, objects, depth + 1)),
        };
    }

    private static KeyValuePair<string, object?>[] Members(object? value, IObjectAdapter objects) =>
        value is null or string ? [] : (objects.GetMembers(value)?.ToArray() ?? []);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

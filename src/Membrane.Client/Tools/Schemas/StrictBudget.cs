using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Schemas;

/// <summary>How much of what strict mode limits for a whole schema is left: properties, values of enumerations, and the text of both.</summary>
internal sealed class StrictBudget
{
    private const int LongEnum = 250;
    private const int MaxTextOfLongEnum = 15_000;

    private int properties = 5000;
    private int values = 1000;
    private int text = 120_000;

    /// <summary>Takes what the properties of an object need. Returns false, and takes nothing, where that is not left.</summary>
    public bool TryTakeProperties(JsonObject members)
    {
        var length = members.Sum(static property => property.Key.Length);
        if (members.Count > properties || length > text)
        {
            return false;
        }

        properties -= members.Count;
        text -= length;
        return true;
    }

    /// <summary>Takes what the values of an enumeration need. Returns false, and takes nothing, where that is not left.</summary>
    public bool TryTakeValues(JsonArray listed)
    {
        // Null may be added to them.
        var count = listed.Count + 1;
        var length = listed.Sum(static value => JsonText.Of(value).Length);
        if (count > values || length > text || (count > LongEnum && length > MaxTextOfLongEnum))
        {
            return false;
        }

        values -= count;
        text -= length;
        return true;
    }
}

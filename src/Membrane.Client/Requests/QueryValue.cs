using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Requests;

/// <summary>The text of a value in a query.</summary>
internal static class QueryValue
{
    /// <summary>The texts of a value: one, several for an array, none for null.</summary>
    /// <exception cref="MembraneInputException">The value is an object, which has no form in a query.</exception>
    public static IEnumerable<string> Texts(string name, object? value, IObjectAdapter objects, string parameterName)
    {
        var bare = objects.Unwrap(value);
        return bare switch
        {
            null => [],
            string text => [text],
            bool flag => [flag ? "true" : "false"],
            DateTime time => [time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)],
            DateTimeOffset time => [time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)],
            IFormattable or Uri or char or Version =>
            [
                SimpleValue.TextOf(bare) ?? ((IFormattable)bare).ToString(null, CultureInfo.InvariantCulture),
            ],
            IDictionary => throw Refuse(name, parameterName),
            IEnumerable items => items.Cast<object?>().SelectMany(item => Texts(name, item, objects, parameterName)).ToArray(),
            _ => throw Refuse(name, parameterName),
        };
    }

    private static MembraneInputException Refuse(string name, string parameterName) =>
        new(
            ErrorIds.InvalidInput,
            parameterName,
            $"The value of '{name}' in {parameterName} is an object, which has no form in a query.",
            "Pass text, a number, a boolean, a date or an array of these."
        );
}

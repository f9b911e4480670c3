using System;
using System.Collections.Specialized;
using System.Linq;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>JSON as what a person edits in a console: dictionaries that keep their order and take further members, and arrays.</summary>
internal static class EditableInput
{
    /// <summary>Returns a value of JSON as dictionaries, arrays and simple values.</summary>
    public static object? Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().ToArray();
                var differs = members.Select(static one => one.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == members.Length;
                var dictionary = new OrderedDictionary(differs ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                foreach (var member in members)
                {
                    dictionary[member.Name] = Of(member.Value);
                }

                return dictionary;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(Of).ToArray();
            default:
                return JsonValueReader.Read(Encoding.UTF8.GetBytes(value.GetRawText()), PowerShellObjectAdapter.Instance);
        }
    }
}

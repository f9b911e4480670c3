using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Reflection;

namespace Membrane.PowerShell.Parts;

/// <summary>All fields of a part of an object: the properties of its type, and the fields that none of them shows.</summary>
internal static class PartFields
{
    public static IDictionary Of(MembraneModel part)
    {
        var fields = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var property in part.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            fields[property.Name] = property.GetValue(part);
        }

        foreach (var field in part.GetUnknownFields().Where(field => field.Key.Length > 0))
        {
            fields[field.Key] = field.Value;
        }

        return fields.AsReadOnly();
    }
}

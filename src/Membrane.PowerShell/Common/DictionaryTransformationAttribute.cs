using System;
using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace Membrane.PowerShell.Common;

/// <summary>Accepts named values as JSON text or an object as well as a hashtable.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DictionaryTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given =
            Deserialized.Restore(inputData)
            ?? (
                Bare.Value(inputData) is string text && !string.IsNullOrWhiteSpace(text)
                    ? JsonTransformationAttribute.Read(text)
                    : inputData
            );
        return given switch
        {
            PSObject { BaseObject: PSCustomObject } members when !ReferenceEquals(members, AutomationNull.Value) => Read(members),
            IDictionary or PSObject { BaseObject: IDictionary } => given,
            Array when !ReferenceEquals(given, inputData) => throw new ArgumentTransformationMetadataException(
                "The text is a JSON list, and named values are needed. Pass a hashtable, an object, or the text of a JSON object."
            ),
            _ => inputData,
        };
    }

    private static OrderedDictionary Read(PSObject members)
    {
        var values = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in members.Properties)
        {
            values[member.Name] = member.Value;
        }

        return values;
    }
}

using System;
using System.Management.Automation;
using System.Text;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Common;

/// <summary>Accepts a structured value as JSON text as well as a hashtable or an object.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether other text is left as it is, for the command: then only text that begins like an object or a list is JSON.
    /// </summary>
    public bool MayBeText { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Bare.Value(inputData) is string text ? Deserialized.Restore(inputData) ?? (MayStay(text) ? inputData : Read(text)) : inputData;

    /// <summary>Returns the value of the JSON, as objects of this host.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is not a JSON object or list.</exception>
    internal static object Read(string text)
    {
        try
        {
            _ = JsonArgument.Parse(text, "the parameter");
        }
        catch (MembraneInputException exception)
        {
            throw new ArgumentTransformationMetadataException(
                "The text is not valid JSON. Pass a hashtable, an object, or the text of a JSON object. "
                    + exception.InnerException?.Message,
                exception
            );
        }

        return
            JsonValueReader.Read(Encoding.UTF8.GetBytes(text), PowerShellObjectAdapter.Instance)
                is { } value
                    and (PSObject or System.Collections.IDictionary or Array)
            ? value
            : throw new ArgumentTransformationMetadataException(
                "The text is JSON, but no object. Pass a hashtable, an object, or the text of a JSON object."
            );
    }

    private bool MayStay(string text) => string.IsNullOrWhiteSpace(text) || (MayBeText && text.TrimStart()[0] is not ('{' or '['));
}

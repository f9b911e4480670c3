using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>The values by field that an object stands for: of a record those of its fields, else its own.</summary>
internal static class RecordFields
{
    /// <summary>Returns the values of a record's fields, or what was given where it is no record.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="parameterName">The parameter that it came by.</param>
    /// <param name="property">The property of a record that has the values.</param>
    /// <exception cref="MembraneInputException">The record has none.</exception>
    public static object? Of(object? given, string parameterName, string property = nameof(DataRecord.Fields)) =>
        GivenObject.Find(given) is { Kind: nameof(DataRecord) } record && record.Has(property)
            ? record.Get(property)
                ?? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameterName,
                    $"The record '{record.Text(nameof(DataRecord.Id))}' of {parameterName} has no {property}.",
                    "Read it with Get-MembraneRecord, or pass a hashtable."
                )
            : given;
}

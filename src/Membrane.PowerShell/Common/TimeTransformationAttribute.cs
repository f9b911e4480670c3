using System;
using System.Globalization;
using System.Management.Automation;
using Membrane.Client.Rows;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Reads a time in ISO 8601 as what it says. The engine reads it by the calendar of the session's culture, where 2026 may be another year.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Bare.Value(inputData) is string text
        && DateTimeOffset.TryParse(
            TimeText.Time(text) ?? TimeText.Day(text),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal,
            out var time
        )
            ? time
            : inputData;
}

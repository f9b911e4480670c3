using System;

namespace Membrane.Client.Bulk;

/// <summary>The outcome of one item of a batch: either a value or an error.</summary>
/// <typeparam name="T">The value's type.</typeparam>
internal sealed class BulkResult<T>(long index, object? target, T? value, Exception? error)
{
    /// <summary>The position of the item, from 0.</summary>
    public long Index { get; } = index;

    /// <summary>The item.</summary>
    public object? Target { get; } = target;

    /// <summary>Its value; null where there is an error.</summary>
    public T? Value { get; } = value;

    /// <summary>Its error; null where there is a value.</summary>
    public Exception? Error { get; } = error;
}

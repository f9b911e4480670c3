using System;

namespace Membrane.Client.Bulk;

/// <summary>What became of one item of a batch: a value or an error, never both and never neither.</summary>
/// <typeparam name="T">The value's type.</typeparam>
internal sealed class BulkResult<T>(long index, object? target, T? value, Exception? error)
{
    /// <summary>The position of the item, from 0.</summary>
    public long Index { get; } = index;

    /// <summary>The item.</summary>
    public object? Target { get; } = target;

    /// <summary>What came of it; nothing where there is an error.</summary>
    public T? Value { get; } = value;

    /// <summary>Why nothing came of it.</summary>
    public Exception? Error { get; } = error;
}

using System;
using System.Collections;

namespace Membrane.PowerShell.Parts;

/// <summary>An element as a part of another object, with fields that no property shows.</summary>
internal sealed class ElementPart : Element, IDictionary
{
    private IDictionary? fields;

    bool IDictionary.IsFixedSize => true;

    bool IDictionary.IsReadOnly => true;

    ICollection IDictionary.Keys => Fields.Keys;

    ICollection IDictionary.Values => Fields.Values;

    int ICollection.Count => Fields.Count;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    private IDictionary Fields => fields ??= PartFields.Of(this);

    object? IDictionary.this[object key]
    {
        get => Fields[key];
        set => throw new NotSupportedException();
    }

    bool IDictionary.Contains(object key) => Fields.Contains(key);

    void IDictionary.Add(object key, object? value) => throw new NotSupportedException();

    void IDictionary.Clear() => throw new NotSupportedException();

    void IDictionary.Remove(object key) => throw new NotSupportedException();

    void ICollection.CopyTo(Array array, int index) => Fields.CopyTo(array, index);

    IDictionaryEnumerator IDictionary.GetEnumerator() => Fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Fields.GetEnumerator();
}

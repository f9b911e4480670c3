namespace Membrane.PowerShell.Common;

/// <summary>The value of a parameter that takes an object, an id or a key.</summary>
public abstract class ElementReference
{
    /// <summary>Takes an id or key that a person typed, or the id of an object.</summary>
    /// <param name="idOrKey">The id or key.</param>
    /// <param name="source">The object that the id was taken from; null for text.</param>
    private protected ElementReference(string idOrKey, GivenObject? source)
    {
        IdOrKey = idOrKey;
        Source = source;
    }

    /// <summary>The id or the key.</summary>
    public string IdOrKey { get; }

    /// <summary>The object that was given; null where text was given.</summary>
    internal GivenObject? Source { get; }

    /// <summary>The text that -WhatIf and -Confirm show: the name too, where it is known.</summary>
    internal string Words => Source?.Title is not { } title || title == IdOrKey ? IdOrKey : $"{title} ({IdOrKey})";

    /// <summary>Returns the object itself, where it was given alive.</summary>
    internal T? Live<T>()
        where T : class => Source?.Value as T;

    /// <summary>Returns the id or the key.</summary>
    public override string ToString() => IdOrKey;
}

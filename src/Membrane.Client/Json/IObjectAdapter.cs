using System;
using System.Collections.Generic;

namespace Membrane.Client.Json;

/// <summary>What a JSON object looks like in memory on this host: a dictionary in C#, an ordinary object in PowerShell.</summary>
internal interface IObjectAdapter
{
    /// <summary>Makes an object of members in the order in which they were sent. Names are distinct, by ordinal comparison.</summary>
    object CreateObject(IReadOnlyList<KeyValuePair<string, object?>> members);

    /// <summary>Makes an empty model where the host has a type of its own, derived from that of the client; null elsewhere.</summary>
    MembraneModel? CreateModel(Type type);

    /// <summary>Told of a model that carries fields which no property of it shows.</summary>
    void ShowUnknownFields(MembraneModel model, IReadOnlyDictionary<string, object?> fields);

    /// <summary>Returns a model as the value of a property of another one, as the host can show it whole.</summary>
    T CreatePart<T>(T model)
        where T : MembraneModel;

    /// <summary>Returns models as the value of a property of another one, as the host can show them whole.</summary>
    IReadOnlyList<T> CreateParts<T>(IList<T> models)
        where T : MembraneModel;

    /// <summary>Takes the host's wrapping off a value.</summary>
    object? Unwrap(object? value);

    /// <summary>The members of a value that is to be written as a JSON object, or null where the value is not one.</summary>
    IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value);
}

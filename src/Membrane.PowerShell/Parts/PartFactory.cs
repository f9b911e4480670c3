using System;
using System.Collections.Generic;
using System.Reflection;

namespace Membrane.PowerShell.Parts;

/// <summary>
/// Makes parts of objects that show all their fields. ConvertTo-Json asks a value of a property for nothing but the properties of its
/// class and, if it is a dictionary, for its entries: what was added to it otherwise it does not see.
/// </summary>
internal static class PartFactory
{
    private static readonly Dictionary<Type, Func<MembraneModel>> Kinds = new()
    {
        [typeof(ErrorData)] = static () => new ErrorPart(),
        [typeof(Connection)] = static () => new ConnectionPart(),
        [typeof(ClientAction)] = static () => new ClientActionPart(),
        [typeof(AsyncRequestResult)] = static () => new AsyncRequestResultPart(),
        [typeof(Element)] = static () => new ElementPart(),
    };

    /// <summary>Returns the model as a part of another one; itself where it shows all its fields already.</summary>
    public static T Show<T>(T model)
        where T : MembraneModel
    {
        if (model.UnknownFields is null || !Kinds.TryGetValue(model.GetType(), out var create))
        {
            return model;
        }

        var part = create();
        for (var type = model.GetType(); type is not null; type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                field.SetValue(part, field.GetValue(model));
            }
        }

        return (T)part;
    }
}

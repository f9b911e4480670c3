using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using Membrane.Client.Json;
using Membrane.PowerShell.Parts;
#if NET
using System.Runtime.CompilerServices;
#endif

namespace Membrane.PowerShell.Common;

/// <summary>JSON objects as ordinary PowerShell objects.</summary>
internal sealed class PowerShellObjectAdapter : IObjectAdapter
{
    // What the engine itself gives each object: a property of that name would hide it, and not be read either.
    private static readonly HashSet<string> EngineNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSObject",
        "PSBase",
        "PSAdapted",
        "PSExtended",
        "PSTypeNames",
    };

    public static PowerShellObjectAdapter Instance { get; } = new();

    public object CreateObject(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        if (!CanBeProperties(members))
        {
            return CreateDictionary(members);
        }

        var result = Create(members.Count);
        var properties = result.Properties;
        for (var index = 0; index < members.Count; index++)
        {
            properties.Add(new PSNoteProperty(members[index].Key, members[index].Value), preValidated: true);
        }

        return result;
    }

    // An object made without a capacity keeps its members in a table of weak references that all objects share, and
    // the garbage collector walks that in every collection. PowerShell 7 has this constructor, its reference assembly not.
#if NET
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern PSObject Create(int instanceMemberCapacity);
#else
    private static PSObject Create(int instanceMemberCapacity) => new();
#endif

    public MembraneModel? CreateModel(Type type) => type == typeof(MembraneAction) ? new Action() : null;

    public void ShowUnknownFields(MembraneModel model, IReadOnlyDictionary<string, object?> fields)
    {
        var properties = PSObject.AsPSObject(model).Properties;
        foreach (var field in fields)
        {
            // Two names that differ in case are one name here; GetUnknownFields() has both.
            if (CanBeProperty(field.Key) && (properties[field.Key] is null or { IsInstance: false }))
            {
                properties.Add(new PSNoteProperty(field.Key, field.Value), preValidated: true);
            }
        }
    }

    public T CreatePart<T>(T model)
        where T : MembraneModel
    {
        var part = PartFactory.Show(model);
        if (!ReferenceEquals(part, model))
        {
            ShowUnknownFields(part, part.GetUnknownFields());
        }

        return part;
    }

    public IReadOnlyList<T> CreateParts<T>(IList<T> models)
        where T : MembraneModel => new PartList<T>(models);

    // What a pipeline without output, a database and a .NET method take for nothing is null in JSON.
    public object? Unwrap(object? value) =>
        (value is PSObject wrapped ? Deserialized.Unwrap(wrapped) : value) switch
        {
            string text => text,
            DBNull or NullString => null,
            SwitchParameter flag => flag.IsPresent,
            var bare => ReferenceEquals(bare, AutomationNull.Value) ? null : bare,
        };

    public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) =>
        Bare.Value(value) is ScriptBlock ? null : ReadMembers(Deserialized.Restore(value) ?? PSObject.AsPSObject(value));

    private static IEnumerable<KeyValuePair<string, object?>> ReadMembers(PSObject value)
    {
        foreach (var property in value.Properties)
        {
            if (property.IsGettable && !Deserialized.IsAdded(value, property.Name))
            {
                yield return new KeyValuePair<string, object?>(property.Name, Read(value, property));
            }
        }
    }

    private static object? Read(PSObject value, PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException exception)
        {
            return new UnreadableValue(
                value.BaseObject is PSCustomObject ? value.TypeNames[0] : value.BaseObject.GetType().ToString(),
                exception
            );
        }
    }

    // Properties have a name, and names that differ only in case are one name.
    private static bool CanBeProperties(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        const int FewMembers = 12;
        if (members.Count > FewMembers)
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var member in members)
            {
                if (!CanBeProperty(member.Key) || !names.Add(member.Key))
                {
                    return false;
                }
            }

            return true;
        }

        for (var index = 0; index < members.Count; index++)
        {
            if (!CanBeProperty(members[index].Key))
            {
                return false;
            }

            for (var other = 0; other < index; other++)
            {
                if (string.Equals(members[index].Key, members[other].Key, StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool CanBeProperty(string name) => name.Length > 0 && !EngineNames.Contains(name);

    private static OrderedDictionary CreateDictionary(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        var dictionary = new OrderedDictionary(members.Count, StringComparer.Ordinal);
        foreach (var member in members)
        {
            dictionary[member.Key] = member.Value;
        }

        return dictionary;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tests;

/// <summary>A command as reflection sees it. Attributes are read, never made: the reference assembly cannot run.</summary>
internal sealed class Command(Type type)
{
    public static IReadOnlyList<Command> All { get; } =
        typeof(MembraneCommand)
            .Assembly.GetTypes()
            .Where(type => type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CmdletAttribute"))
            .Select(type => new Command(type))
            .OrderBy(command => command.Name, StringComparer.Ordinal)
            .ToArray();

    public Type Type { get; } = type;

    public string Verb => (string)Attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)Attribute.ConstructorArguments[1].Value!;

    public string Name => Verb + "-" + Noun;

    public bool SupportsShouldProcess => Named("SupportsShouldProcess");

    public bool SupportsPaging => Named("SupportsPaging");

    public bool HasOutputType => Type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "OutputTypeAttribute");

    public IEnumerable<PropertyInfo> Parameters =>
        Type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ParameterAttribute"));

    /// <summary>The parameters that people see.</summary>
    public IEnumerable<PropertyInfo> ShownParameters =>
        Parameters.Where(property =>
            !property.CustomAttributes.Any(attribute =>
                attribute.NamedArguments.Any(argument => argument.MemberName == "DontShow" && argument.TypedValue.Value is true)
            )
        );

    private CustomAttributeData Attribute => Type.CustomAttributes.First(attribute => attribute.AttributeType.Name == "CmdletAttribute");

    public override string ToString() => Name;

    private bool Named(string name) =>
        Attribute.NamedArguments.Any(argument => argument.MemberName == name && argument.TypedValue.Value is true);
}

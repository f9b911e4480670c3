using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Membrane.Client.Tests;

/// <summary>What holds for every type, so that nobody has to remember it.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly Contracts = typeof(MembraneModel).Assembly;
    private static readonly Assembly Client = typeof(MembraneClient).Assembly;

    public static TheoryData<string> Assemblies => [Contracts.GetName().Name!, Client.GetName().Name!];

    private static Type[] PublicTypes(Assembly assembly) => assembly.GetExportedTypes();

    private static IEnumerable<Type> Models => PublicTypes(Contracts).Where(static type => typeof(MembraneModel).IsAssignableFrom(type));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_type_and_member_is_documented(string name)
    {
        var assembly = name == Contracts.GetName().Name ? Contracts : Client;
        var documented = XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .Where(static member =>
                member.Elements().Any(static element => element.Name == "inheritdoc" || element.Value.Trim().Length > 0)
            )
            .Select(static member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var type in PublicTypes(assembly))
        {
            var typeName = type.FullName!.Replace('+', '.');
            if (!documented.Contains("T:" + typeName))
            {
                missing.Add(typeName);
            }

            const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            missing.AddRange(
                type.GetProperties(Declared)
                    .Where(property => !documented.Contains($"P:{typeName}.{property.Name}"))
                    .Select(property => typeName + "." + property.Name)
            );
            missing.AddRange(
                type.GetFields(Declared)
                    .Where(static field => !field.IsSpecialName)
                    .Where(field => !documented.Contains($"F:{typeName}.{field.Name}"))
                    .Select(field => typeName + "." + field.Name)
            );
            missing.AddRange(
                type.GetMethods(Declared)
                    .Where(static method => !method.IsSpecialName)
                    .Where(method =>
                        !documented.Any(member =>
                            member == $"M:{typeName}.{method.Name}"
                            || member.StartsWith($"M:{typeName}.{method.Name}(", StringComparison.Ordinal)
                            || member.StartsWith($"M:{typeName}.{method.Name}``", StringComparison.Ordinal)
                        )
                    )
                    .Select(method => typeName + "." + method.Name)
            );
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Models_cannot_be_changed_from_outside()
    {
        var settable = Models
            .SelectMany(static model => model.GetProperties())
            .Where(static property => property.SetMethod is { IsPublic: true })
            .Select(static property => property.DeclaringType!.Name + "." + property.Name);
        var fields = Models.SelectMany(static model => model.GetFields()).Select(static field => field.Name);

        Assert.Empty(settable);
        Assert.Empty(fields);
    }

    [Fact]
    public void Collections_of_models_are_read_only()
    {
        var mutable = Models
            .SelectMany(static model => model.GetProperties())
            .Where(static property =>
                property.PropertyType != typeof(string)
                && typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType)
                && !property.PropertyType.Name.StartsWith("IReadOnly", StringComparison.Ordinal)
            );

        Assert.Empty(mutable);
    }

    [Fact]
    public void Values_of_models_can_be_missing() =>
        Assert.DoesNotContain(
            Models.SelectMany(static model => model.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)),
            static property =>
                property.PropertyType.IsValueType
                && Nullable.GetUnderlyingType(property.PropertyType) is null
                && property is not { DeclaringType.Name: "ActionRun", Name: "Duration" or "InputIndex" }
        );

    [Fact]
    public void Models_are_sealed_or_abstract() =>
        Assert.All(
            // The module has a type of its own for these: under the name that scripts have for it, or as a part of another object.
            Models.Where(static model =>
                model != typeof(MembraneAction)
                && model != typeof(ErrorData)
                && model != typeof(Connection)
                && model != typeof(ClientAction)
                && model != typeof(AsyncRequestResult)
                && model != typeof(Element)
            ),
            static model => Assert.True(model.IsSealed || model.IsAbstract, model.Name)
        );

    [Fact]
    public void Every_public_exception_is_a_Membrane_exception() =>
        Assert.All(
            PublicTypes(Contracts).Concat(PublicTypes(Client)).Where(static type => typeof(Exception).IsAssignableFrom(type)),
            static type => Assert.True(typeof(MembraneException).IsAssignableFrom(type), type.Name)
        );

    [Fact]
    public void Error_ids_are_unique_and_equal_to_their_names()
    {
        var fields = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.NotEmpty(fields);
        Assert.All(fields, static field => Assert.Equal(field.Name, (string)field.GetRawConstantValue()!));
        Assert.Equal(
            fields.Length,
            fields.Select(static field => ((string)field.GetRawConstantValue()!).ToUpperInvariant()).Distinct().Count()
        );
    }

    [Fact]
    public void What_scripts_see_depends_on_nothing() =>
        Assert.All(
            Contracts.GetReferencedAssemblies(),
            static name =>
                Assert.True(
                    name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name is "netstandard" or "mscorlib",
                    name.Name
                )
        );

    [Fact]
    public void No_static_of_the_client_can_be_changed()
    {
        var mutable = Client
            .GetTypes()
            .Concat(Contracts.GetTypes())
            .Where(static type =>
                type.Namespace?.StartsWith("Membrane", StringComparison.Ordinal) == true
                && !type.Name.Contains('<', StringComparison.Ordinal)
            )
            .SelectMany(static type =>
                type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            )
            .Where(static field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal));

        Assert.Empty(mutable);
    }

    [Fact]
    public void Async_methods_take_a_token_to_cancel_them()
    {
        var deaf = PublicTypes(Client)
            .SelectMany(static type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(static method => typeof(System.Threading.Tasks.Task).IsAssignableFrom(method.ReturnType))
            .Where(static method =>
                method.GetParameters().All(static parameter => parameter.ParameterType != typeof(System.Threading.CancellationToken))
            )
            .Select(static method => method.DeclaringType!.Name + "." + method.Name);

        Assert.Empty(deaf);
    }
}

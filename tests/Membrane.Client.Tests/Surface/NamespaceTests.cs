using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Membrane.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Membrane.Client.Tests.Surface;

/// <summary>What a program imports, and that no name of it means two things there.</summary>
public sealed class NamespaceTests
{
    // Those of a console program; a web program has the others too.
    private static readonly HashSet<string> ImplicitUsings =
    [
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
        "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Logging",
    ];

    private static readonly Assembly[] Ours =
    [
        typeof(MembraneModel).Assembly,
        typeof(MembraneClient).Assembly,
        typeof(EmulatorHost).Assembly,
        typeof(MembraneServiceCollectionExtensions).Assembly,
    ];

    [Fact]
    public void A_program_needs_two_namespaces() =>
        Assert.Equal(
            ["Membrane", "Membrane.Client"],
            new[] { typeof(MembraneModel), typeof(MembraneClient) }
                .SelectMany(static type => type.Assembly.GetExportedTypes())
                .Select(static type => type.Namespace)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_emulator_needs_a_third() =>
        Assert.All(typeof(EmulatorHost).Assembly.GetExportedTypes(), static type => Assert.Equal("Membrane.Emulator", type.Namespace));

    [Fact]
    public void No_type_is_named_like_one_that_programs_import_without_asking()
    {
        var theirs = FrameworkTypes().ToLookup(static type => type.Name, static type => type.FullName, StringComparer.Ordinal);
        Assert.Contains("System.Action", theirs["Action"]);

        Assert.Empty(
            Ours.SelectMany(static assembly => assembly.GetExportedTypes())
                .Where(static type => !type.IsNested)
                .SelectMany(type =>
                    theirs[type.Name].Where(other => other != type.FullName).Select(other => $"{type.FullName} and {other}")
                )
        );
    }

    [Fact]
    public void No_two_types_have_one_name() =>
        Assert.Empty(
            Ours.SelectMany(static assembly => assembly.GetExportedTypes())
                .GroupBy(static type => type.Name, StringComparer.Ordinal)
                .Where(static same => same.Count() > 1)
                .Select(static same => same.Key)
        );

    private static IEnumerable<Type> FrameworkTypes() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .Where(static name =>
                name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            )
            .SelectMany(static name => Assembly.Load(name).GetExportedTypes())
            .Where(static type => type.Namespace is { } space && ImplicitUsings.Contains(space) && !type.IsNested);
}

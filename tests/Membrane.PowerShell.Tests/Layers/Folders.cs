using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Mono.Cecil;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>
/// The folders of a project, and the arrows between them. A folder is the namespace below the project's; types that callers see are
/// all in one namespace, so the file says in which folder they are.
/// </summary>
internal sealed class Folders
{
    /// <summary>What the table calls the project's own folder.</summary>
    public const string Root = "(root)";

    private readonly string project;
    private readonly Dictionary<string, string> foldersOfFiles;

    private Folders(string project, string assembly, string sources)
    {
        this.project = project;
        foldersOfFiles = SourceFile
            .Below(sources)
            .Where(file => !file.Namespace.StartsWith(project + ".", StringComparison.Ordinal))
            .ToDictionary(static file => Path.GetFileNameWithoutExtension(file.Path), static file => file.Folder, StringComparer.Ordinal);
        var resolver = new DefaultAssemblyResolver();
        foreach (
            var folder in new[] { Path.GetDirectoryName(assembly)!, AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory() }
        )
        {
            resolver.AddSearchDirectory(folder);
        }

        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver });
        Names = module.Types.Select(FolderOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Arrows =
        [
            .. (from type in module.GetTypes() from named in TypeNames.Of(type) where named.Scope == module select ArrowOf(type, named))
                .Concat(ConstantUses.Find(module, sources).Select(use => ArrowOf(use.Folder, use.Type, use.Constant.DeclaringType)))
                .OfType<Arrow>()
                .Distinct()
                .OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal),
        ];
    }

    public IReadOnlySet<string> Names { get; }

    public IReadOnlyList<Arrow> Arrows { get; }

    public static Folders Of(string project) =>
        new(
            project,
            Repository.StagedAssemblies("net8.0").Single(file => Path.GetFileNameWithoutExtension(file) == project),
            Path.Combine(Repository.Root, "src", project)
        );

    public static Folders OfSample(Type type, string sources) =>
        new(type.Namespace![..type.Namespace!.LastIndexOf('.')], type.Assembly.Location, sources);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static string NameOf(TypeReference type) => Outermost(type).Name.Split('`')[0];

    private Arrow? ArrowOf(TypeReference from, TypeReference to) => FolderOf(from) is { } folder ? ArrowOf(folder, NameOf(from), to) : null;

    private Arrow? ArrowOf(string folder, string type, TypeReference to) =>
        FolderOf(to) is { } other && other != folder ? new Arrow(folder, type, other, NameOf(to)) : null;

    // What the compiler adds is in no namespace, or in one of the framework's.
    private string? FolderOf(TypeReference type)
    {
        var space = Outermost(type).Namespace;
        return space.StartsWith(project + ".", StringComparison.Ordinal) ? space[(project.Length + 1)..].Replace('.', '/')
            : space == project || space == "Membrane" ? foldersOfFiles.GetValueOrDefault(NameOf(type), Root)
            : null;
    }
}

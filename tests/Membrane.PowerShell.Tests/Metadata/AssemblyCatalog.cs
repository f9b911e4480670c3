using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Membrane.PowerShell.Tests.Metadata;

/// <summary>What a process would find: the first assembly of a name in some folders, with type forwarders followed.</summary>
internal sealed class AssemblyCatalog(params string[] folders)
{
    private readonly Dictionary<string, MetadataReader?> assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Dictionary<string, TypeDefinitionHandle>> definitions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Dictionary<string, string>> forwarders = new(StringComparer.OrdinalIgnoreCase);

    public static MetadataReader Open(string file) => new PEReader(new MemoryStream(File.ReadAllBytes(file))).GetMetadataReader();

    /// <summary>What the assembly names and nobody has: types, methods and fields.</summary>
    public IEnumerable<string> Missing(string file, Func<string, bool> isIgnored)
    {
        var metadata = Open(file);
        foreach (var handle in metadata.TypeReferences)
        {
            var use = TypeUse.Of(metadata, handle)!;
            if (!isIgnored(use.Assembly) && Resolve(use) is null)
            {
                yield return $"[{use.Assembly}] {use.Name}";
            }
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            var use = TypeUse.Of(metadata, member.Parent);
            if (
                use is not null
                && !isIgnored(use.Assembly)
                && Resolve(use) is { } found
                && !HasMember(found.Metadata, found.Type, metadata.GetString(member.Name), Signature(member))
            )
            {
                yield return $"[{use.Assembly}] {use.Name}::{metadata.GetString(member.Name)} {Signature(member)}";
            }
        }
    }

    public (MetadataReader Metadata, TypeDefinitionHandle Type)? Resolve(TypeUse use)
    {
        var metadata = Find(use.Assembly);
        if (metadata is null)
        {
            return null;
        }

        if (definitions[use.Assembly].TryGetValue(use.Name, out var handle))
        {
            return (metadata, handle);
        }

        var outermost = use.Name.Split('/')[0];
        return forwarders[use.Assembly].TryGetValue(outermost, out var target) ? Resolve(use with { Assembly = target }) : null;
    }

    private static string Signature(MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(SignatureNames.Instance, null)
            : SignatureNames.Text(member.DecodeMethodSignature(SignatureNames.Instance, null));

    private bool HasMember(MetadataReader metadata, TypeDefinitionHandle handle, string name, string signature)
    {
        var type = metadata.GetTypeDefinition(handle);
        var isHere =
            type.GetMethods()
                .Select(metadata.GetMethodDefinition)
                .Any(method =>
                    metadata.GetString(method.Name) == name
                    && SignatureNames.Text(method.DecodeSignature(SignatureNames.Instance, null)) == signature
                )
            || type.GetFields()
                .Select(metadata.GetFieldDefinition)
                .Any(field => metadata.GetString(field.Name) == name && field.DecodeSignature(SignatureNames.Instance, null) == signature);
        return isHere || Bases(metadata, type).Any(parent => HasMember(parent.Metadata, parent.Type, name, signature));
    }

    private IEnumerable<(MetadataReader Metadata, TypeDefinitionHandle Type)> Bases(MetadataReader metadata, TypeDefinition type)
    {
        var parents = type.GetInterfaceImplementations().Select(handle => metadata.GetInterfaceImplementation(handle).Interface);
        foreach (var parent in type.BaseType.IsNil ? parents : parents.Prepend(type.BaseType))
        {
            if (parent.Kind == HandleKind.TypeDefinition)
            {
                yield return (metadata, (TypeDefinitionHandle)parent);
            }
            else if (TypeUse.Of(metadata, parent) is { } use && Resolve(use) is { } found)
            {
                yield return found;
            }
        }
    }

    private MetadataReader? Find(string name)
    {
        if (!assemblies.TryGetValue(name, out var metadata))
        {
            var file = folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
            metadata = file is null ? null : Open(file);
            assemblies.Add(name, metadata);
            if (metadata is not null)
            {
                definitions.Add(name, metadata.TypeDefinitions.ToDictionary(handle => SignatureNames.NameOf(metadata, handle)));
                forwarders.Add(name, ForwardersOf(metadata));
            }
        }

        return metadata;
    }

    private static Dictionary<string, string> ForwardersOf(MetadataReader metadata) =>
        (
            from handle in metadata.ExportedTypes
            let type = metadata.GetExportedType(handle)
            where type.Implementation.Kind == HandleKind.AssemblyReference
            let space = metadata.GetString(type.Namespace)
            let name = metadata.GetString(type.Name)
            select (
                Name: space.Length == 0 ? name : space + "." + name,
                Target: metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation).Name)
            )
        ).ToDictionary(pair => pair.Name, pair => pair.Target);
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Membrane.Tools;

/// <summary>
/// Writes a profile (.mibc) that names methods of an assembly, so that crossgen2 compiles these and no others. A profile is an assembly
/// whose methods name what they are about by ldtoken: AssemblyDictionary the groups, and a group the methods.
/// </summary>
public sealed class Profile
{
    private readonly MetadataReader source;
    private readonly MetadataBuilder target = new();
    private readonly Dictionary<EntityHandle, EntityHandle> types = new();
    private readonly EntityHandle subject;
    private readonly EntityHandle anyReferenceType;

    private Profile(MetadataReader source)
    {
        this.source = source;
        subject = Assembly(source.GetString(source.GetAssemblyDefinition().Name), source.GetAssemblyDefinition().Version);
        // What stands for every reference type in code that such instances share.
        anyReferenceType = target.AddTypeReference(
            Assembly("System.Private.Canon", new Version()),
            target.GetOrAddString("System"),
            target.GetOrAddString("__Canon")
        );
    }

    /// <summary>Writes the profile of some members, as Member names them, and returns how many methods these are.</summary>
    public static int Write(string assembly, ISet<string> members, string path)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return new Profile(file.GetMetadataReader()).Write(members, path);
    }

    /// <summary>
    /// The member of the source that a method belongs to, as Namespace.Type:Member: what the compiler makes of a lambda or of an
    /// asynchronous method has a name that changes with the code around it.
    /// </summary>
    /// <param name="outermost">The full name of the outermost type.</param>
    /// <param name="types">The names of the types from there to that of the method.</param>
    /// <param name="method">The name of the method.</param>
    public static string Member(string outermost, IEnumerable<string> types, string method)
    {
        var origin = types
            .Append(method)
            .Select(static name => Regex.Match(name, "^<([^<>]+)>"))
            .LastOrDefault(static match => match.Success);
        return $"{outermost}:{(origin is null ? method : origin.Groups[1].Value)}";
    }

    private int Write(ISet<string> members, string path)
    {
        var count = 0;
        var group = new InstructionEncoder(new BlobBuilder());
        foreach (var handle in source.MethodDefinitions)
        {
            var method = source.GetMethodDefinition(handle);
            var type = method.GetDeclaringType();
            if (method.RelativeVirtualAddress == 0 || !members.Contains(MemberOf(method)))
            {
                continue;
            }

            if (
                Arguments(source.GetTypeDefinition(type).GetGenericParameters()) is { } ofType
                && Arguments(method.GetGenericParameters()) is { } ofMethod
            )
            {
                group.OpCode(ILOpCode.Ldtoken);
                group.Token(Reference(method, type, ofType, ofMethod));
                group.OpCode(ILOpCode.Pop);
                count++;
            }
        }

        group.OpCode(ILOpCode.Ret);
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        var dictionary = new InstructionEncoder(new BlobBuilder());
        var first = AddMethod("Methods", group, bodies);
        dictionary.LoadString(target.GetOrAddUserString(source.GetString(source.GetAssemblyDefinition().Name) + ";"));
        dictionary.OpCode(ILOpCode.Ldtoken);
        dictionary.Token(first);
        dictionary.OpCode(ILOpCode.Pop);
        dictionary.OpCode(ILOpCode.Ret);
        AddMethod("AssemblyDictionary", dictionary, bodies);
        Save(path, bodies.Builder);
        return count;
    }

    private MethodDefinitionHandle AddMethod(string name, InstructionEncoder code, MethodBodyStreamEncoder bodies)
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, static type => type.Void(), static _ => { });
        return target.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static,
            MethodImplAttributes.IL,
            target.GetOrAddString(name),
            target.GetOrAddBlob(signature),
            bodies.AddMethodBody(code),
            default
        );
    }

    private void Save(string path, BlobBuilder bodies)
    {
        target.AddModule(0, target.GetOrAddString("Profile"), target.GetOrAddGuid(Guid.Empty), default, default);
        target.AddAssembly(target.GetOrAddString("Profile"), new Version(), default, default, default, AssemblyHashAlgorithm.None);
        target.AddTypeDefinition(
            default,
            default,
            target.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(target), bodies).Serialize(image);
        using var file = File.Create(path);
        image.WriteContentTo(file);
    }

    private string MemberOf(MethodDefinition method)
    {
        var inner = new Stack<string>();
        var type = source.GetTypeDefinition(method.GetDeclaringType());
        for (; type.GetDeclaringType() is { IsNil: false } outer; type = source.GetTypeDefinition(outer))
        {
            inner.Push(source.GetString(type.Name));
        }

        return Member($"{source.GetString(type.Namespace)}.{source.GetString(type.Name)}", inner, source.GetString(method.Name));
    }

    // Null where a parameter takes values only, of which there is none that stands for all.
    private int? Arguments(GenericParameterHandleCollection parameters) =>
        parameters.Any(handle =>
            source.GetGenericParameter(handle).Attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        )
            ? null
            : parameters.Count;

    private EntityHandle Reference(MethodDefinition method, TypeDefinitionHandle type, int typeArguments, int methodArguments)
    {
        var owner = typeArguments == 0 ? Map(type) : Instance(type, typeArguments);
        var signature = new BlobBuilder();
        var reader = source.GetBlobReader(method.Signature);
        CopyMethod(ref reader, signature);
        var reference = target.AddMemberReference(
            owner,
            target.GetOrAddString(source.GetString(method.Name)),
            target.GetOrAddBlob(signature)
        );
        if (methodArguments == 0)
        {
            return reference;
        }

        var instance = new BlobBuilder();
        var arguments = new BlobEncoder(instance).MethodSpecificationSignature(methodArguments);
        for (var index = 0; index < methodArguments; index++)
        {
            arguments.AddArgument().Type(anyReferenceType, isValueType: false);
        }

        return target.AddMethodSpecification(reference, target.GetOrAddBlob(instance));
    }

    private EntityHandle Instance(TypeDefinitionHandle type, int count)
    {
        var isValueType =
            source.GetTypeDefinition(type).BaseType is { Kind: HandleKind.TypeReference } parent
            && source.GetString(source.GetTypeReference((TypeReferenceHandle)parent).Name) == "ValueType";
        var instance = new BlobBuilder();
        var arguments = new BlobEncoder(instance).TypeSpecificationSignature().GenericInstantiation(Map(type), count, isValueType);
        for (var index = 0; index < count; index++)
        {
            arguments.AddArgument().Type(anyReferenceType, isValueType: false);
        }

        return target.AddTypeSpecification(target.GetOrAddBlob(instance));
    }

    // A type of the assembly, or one that it refers to, as the profile refers to it.
    private EntityHandle Map(EntityHandle handle)
    {
        if (!types.TryGetValue(handle, out var mapped))
        {
            types[handle] = mapped = handle.Kind switch
            {
                HandleKind.TypeDefinition => MapDefinition((TypeDefinitionHandle)handle),
                HandleKind.TypeReference => MapReference((TypeReferenceHandle)handle),
                _ => throw new NotSupportedException($"{handle.Kind} in a signature."),
            };
        }

        return mapped;
    }

    private EntityHandle MapDefinition(TypeDefinitionHandle handle)
    {
        var type = source.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return target.AddTypeReference(outer.IsNil ? subject : Map(outer), Copy(type.Namespace), Copy(type.Name));
    }

    private EntityHandle MapReference(TypeReferenceHandle handle)
    {
        var type = source.GetTypeReference(handle);
        var scope = type.ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
        {
            return target.AddTypeReference(Map(scope), Copy(type.Namespace), Copy(type.Name));
        }

        var assembly = source.GetAssemblyReference((AssemblyReferenceHandle)scope);
        if (!types.TryGetValue(scope, out var mapped))
        {
            types[scope] = mapped = Assembly(source.GetString(assembly.Name), assembly.Version);
        }

        return target.AddTypeReference(mapped, Copy(type.Namespace), Copy(type.Name));
    }

    private EntityHandle Assembly(string name, Version version) =>
        target.AddAssemblyReference(target.GetOrAddString(name), version, default, default, default, default);

    private StringHandle Copy(StringHandle text) => text.IsNil ? default : target.GetOrAddString(source.GetString(text));

    private void CopyMethod(ref BlobReader reader, BlobBuilder writer)
    {
        var header = reader.ReadSignatureHeader();
        writer.WriteByte(header.RawValue);
        if (header.IsGeneric)
        {
            writer.WriteCompressedInteger(reader.ReadCompressedInteger());
        }

        var count = reader.ReadCompressedInteger();
        writer.WriteCompressedInteger(count);
        // What it returns comes first.
        for (var index = 0; index <= count; index++)
        {
            CopyType(ref reader, writer);
        }
    }

    private void CopyType(ref BlobReader reader, BlobBuilder writer)
    {
        var code = reader.ReadCompressedInteger();
        writer.WriteCompressedInteger(code);
        switch ((SignatureTypeCode)code)
        {
            // A class or a value type.
            case (SignatureTypeCode)0x11:
            case (SignatureTypeCode)0x12:
                CopyHandle(ref reader, writer);
                break;
            case SignatureTypeCode.RequiredModifier:
            case SignatureTypeCode.OptionalModifier:
                CopyHandle(ref reader, writer);
                CopyType(ref reader, writer);
                break;
            case SignatureTypeCode.Pointer:
            case SignatureTypeCode.ByReference:
            case SignatureTypeCode.SZArray:
            case SignatureTypeCode.Pinned:
                CopyType(ref reader, writer);
                break;
            case SignatureTypeCode.GenericTypeParameter:
            case SignatureTypeCode.GenericMethodParameter:
                writer.WriteCompressedInteger(reader.ReadCompressedInteger());
                break;
            case SignatureTypeCode.GenericTypeInstance:
                CopyType(ref reader, writer);
                var count = reader.ReadCompressedInteger();
                writer.WriteCompressedInteger(count);
                for (var index = 0; index < count; index++)
                {
                    CopyType(ref reader, writer);
                }

                break;
            case SignatureTypeCode.FunctionPointer:
                CopyMethod(ref reader, writer);
                break;
            case SignatureTypeCode.Array:
                throw new NotSupportedException("Arrays of several dimensions are not copied.");
        }
    }

    private void CopyHandle(ref BlobReader reader, BlobBuilder writer) =>
        writer.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Map(reader.ReadTypeHandle())));
}

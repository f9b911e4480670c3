using System;
using System.Reflection.Metadata;

namespace Membrane.PowerShell.Tests.Metadata;

/// <summary>A type as an assembly names it: where it should be, and what it is called.</summary>
internal sealed record TypeUse(string Assembly, string Name)
{
    /// <summary>
    /// The named type behind a reference, a generic instance or a base; null for types of the assembly itself and for type parameters.
    /// </summary>
    public static TypeUse? Of(MetadataReader metadata, EntityHandle handle) =>
        handle.Kind switch
        {
            HandleKind.TypeReference => new TypeUse(
                ScopeOf(metadata, (TypeReferenceHandle)handle),
                SignatureNames.NameOf(metadata, (TypeReferenceHandle)handle)
            ),
            HandleKind.TypeSpecification => OfGenericInstance(
                metadata,
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature
            ),
            _ => null,
        };

    private static TypeUse? OfGenericInstance(MetadataReader metadata, BlobHandle signature)
    {
        var reader = metadata.GetBlobReader(signature);
        if (reader.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        reader.ReadCompressedInteger();
        return Of(metadata, reader.ReadTypeHandle());
    }

    private static string ScopeOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => ScopeOf(metadata, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => throw new NotSupportedException($"A reference within {scope.Kind}."),
        };
    }
}

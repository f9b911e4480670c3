using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>Every type that a compiled type names: bases, signatures, constraints, attributes, and what its methods do.</summary>
internal static class TypeNames
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type)
    {
        ICustomAttributeProvider[] members = [type, .. type.Fields, .. type.Properties, .. type.Events, .. type.Methods];
        var parameters = type.Methods.SelectMany(static method => method.Parameters);
        var generics = type.GenericParameters.Concat(type.Methods.SelectMany(static method => method.GenericParameters));
        IEnumerable<ICustomAttributeProvider> marked =
        [
            .. members,
            .. parameters,
            .. generics,
            .. type.Methods.Select(static method => method.MethodReturnType),
        ];
        IEnumerable<TypeReference?> named =
        [
            type.BaseType,
            .. type.Interfaces.Select(static one => one.InterfaceType),
            .. type.Fields.Select(static field => field.FieldType),
            .. type.Methods.SelectMany(InSignature),
            .. type.Methods.Where(static method => method.HasBody).SelectMany(static method => InBody(method.Body)),
            .. generics.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType),
            .. marked.SelectMany(static member => member.CustomAttributes).SelectMany(InAttribute),
        ];
        return named.SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> InSignature(MethodReference method) =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(static parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ];

    private static IEnumerable<TypeReference?> InBody(MethodBody body) =>
        [
            .. body.Variables.Select(static variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(static handler => handler.CatchType),
            .. body.Instructions.SelectMany(static instruction => InOperand(instruction.Operand)),
        ];

    private static IEnumerable<TypeReference?> InOperand(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            MethodReference method => InSignature(method),
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => [],
        };

    private static IEnumerable<TypeReference?> InAttribute(CustomAttribute attribute) =>
        attribute
            .ConstructorArguments.Concat(attribute.Properties.Concat(attribute.Fields).Select(static named => named.Argument))
            .SelectMany(InArgument)
            .Prepend(attribute.AttributeType);

    private static IEnumerable<TypeReference?> InArgument(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [argument.Type, type],
            CustomAttributeArgument boxed => InArgument(boxed),
            CustomAttributeArgument[] several => several.SelectMany(InArgument),
            _ => [argument.Type],
        };

    // A list of pages is a list and a page.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
            TypeSpecification other => Parts(other.ElementType),
            _ => [type],
        };
}

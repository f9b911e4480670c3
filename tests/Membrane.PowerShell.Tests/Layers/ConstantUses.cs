using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>Uses of constants. The compiler copies their values, so only the source still names them.</summary>
internal static class ConstantUses
{
    public static IEnumerable<(string Folder, string Type, FieldDefinition Constant)> Find(ModuleDefinition module, string sources)
    {
        var constants = module
            .Types.Where(static type => !type.IsEnum)
            .SelectMany(static type => type.Fields)
            .Where(static field => field is { HasConstant: true, IsPrivate: false })
            .ToLookup(static field => field.DeclaringType.Name + "." + field.Name);
        return from file in SourceFile.Below(sources)
            from Match match in Regex.Matches(file.Code, @"\b[A-Z]\w*(?=(\.[A-Z]\w*))")
            from constant in constants[match.Value + match.Groups[1].Value]
            select (file.Folder, Path.GetFileNameWithoutExtension(file.Path), constant);
    }
}

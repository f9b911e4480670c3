using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>
/// Reads one or several keywords that belong together. Where a schema has none of them, the reading code is never called:
/// its JIT compilation would be most of what the first schema of a process costs.
/// </summary>
internal sealed class KeywordReader(Action<SchemaReader, List<SchemaKeyword>> read, params string[] names)
{
    public void Read(SchemaReader reader, JsonElement schema, List<SchemaKeyword> keywords)
    {
        foreach (var name in names)
        {
            if (schema.TryGetProperty(name, out _))
            {
                read(reader, keywords);
                return;
            }
        }
    }
}

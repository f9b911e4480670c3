using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.NativeCommands;

/// <summary>The record of what a module was made from, kept beside the script: it preserves names, and shows what has changed.</summary>
/// <param name="Module">The name of the module.</param>
/// <param name="Version">The version of the module.</param>
/// <param name="Prefix">The app's word in the names.</param>
/// <param name="Connection">The connection, by id or key.</param>
/// <param name="Commands">The commands.</param>
internal sealed record ModuleRecord(
    string Module,
    string Version,
    string Prefix,
    string Connection,
    IReadOnlyList<RecordedCommand> Commands
)
{
    /// <summary>The names that the commands have, by action.</summary>
    public IReadOnlyDictionary<string, CommandName> Names =>
        Commands
            .GroupBy(static command => command.Action, StringComparer.Ordinal)
            .ToDictionary(static command => command.Key, static command => command.First().CommandName, StringComparer.Ordinal);

    /// <summary>The record of a plan.</summary>
    public static ModuleRecord Of(AppPlan app, string version, string prefix) =>
        new(app.Module, version, prefix, app.Connection, app.Commands.Select(RecordedCommand.Of).ToArray());

    /// <summary>The record as JSON text.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("module", Module);
            writer.WriteString("version", Version);
            writer.WriteString("prefix", Prefix);
            writer.WriteString("connection", Connection);
            writer.WriteStartArray("commands");
            foreach (var command in Commands)
            {
                command.Write(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        // Line ends inside texts are escaped, so these are the ones between lines, which differ on Windows.
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n");
    }
}

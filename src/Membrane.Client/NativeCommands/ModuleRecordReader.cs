using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Reads the record of a module. Anybody who can write to the folder may have changed it, and scripts are made of what it says:
/// every member is checked, and the first one that is not as it was written is refused by its name.
/// </summary>
/// <param name="path">The file, for messages.</param>
internal sealed class ModuleRecordReader(string path)
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="MembraneInputException">The text is not a record (InvalidJson); the message names the member.</exception>
    public static ModuleRecord Read(byte[] json, string path)
    {
        var reader = new ModuleRecordReader(path);
        try
        {
            // A byte order mark may have been added by an editor.
            ReadOnlyMemory<byte> text = json;
            using var document = JsonDocument.Parse(
                json.Length > 2 && json[0] == 0xEF && json[1] == 0xBB && json[2] == 0xBF ? text.Slice(3) : text
            );
            return reader.Record(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw reader.Refuse($"it is not JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw reader.Refuse("it has text that is not valid Unicode.", exception);
        }
    }

    private ModuleRecord Record(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, "it is not a JSON object");
        var module = Text(root, "module", "module");
        Require(RecordedNames.IsModule(module), "module is not the name of a module");
        var version = Text(root, "version", "version");
        Require(RecordedNames.IsVersion(version), "version is not a version such as 1.2.0");
        var prefix = Text(root, "prefix", "prefix");
        Require(RecordedNames.IsPrefix(prefix), "prefix is not letters and digits");
        var connection = Text(root, "connection", "connection");
        Require(RecordedNames.IsSelector(connection), "connection is not an id or a key");
        var commands = Member(root, "commands", JsonValueKind.Array, "commands").EnumerateArray().Select(Command).ToArray();
        RequireUnique(commands.Select(static command => command.Action), "action", StringComparer.Ordinal);
        RequireUnique(
            commands.SelectMany(static command => new[] { command.Name, command.Alias }),
            "name",
            StringComparer.OrdinalIgnoreCase
        );
        return new ModuleRecord(module, version, prefix, connection, commands);
    }

    private RecordedCommand Command(JsonElement json, int index)
    {
        var place = $"commands[{index}]";
        Require(json.ValueKind == JsonValueKind.Object, $"{place} is not a JSON object");
        var name = Text(json, "name", place + ".name");
        Require(RecordedNames.IsCommand(name), $"{place}.name is not the name of a command of an app");
        var alias = Text(json, "alias", place + ".alias");
        Require(RecordedNames.IsAlias(alias), $"{place}.alias is not the alias of a command of an app");
        var action = Text(json, "action", place + ".action");
        Require(RecordedNames.IsSelector(action), $"{place}.action is not an id or a key");
        var output =
            json.TryGetProperty("output", out var none) && none.ValueKind == JsonValueKind.Null
                ? null
                : Text(json, "output", place + ".output");
        Require(output is null || RecordedNames.IsOutput(output), $"{place}.output does not say what a command emits");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in Member(json, "parameters", JsonValueKind.Object, place + ".parameters").EnumerateObject())
        {
            Require(RecordedNames.IsParameter(parameter.Name), $"{place}.parameters has a name that no parameter has");
            var inner = $"{place}.parameters.{parameter.Name}";
            Require(!parameters.ContainsKey(parameter.Name), $"{inner} is there twice");
            Require(
                parameter.Value.ValueKind == JsonValueKind.String && RecordedNames.IsParameterText(parameter.Value.GetString()!),
                $"{inner} does not say what a parameter takes"
            );
            parameters.Add(parameter.Name, parameter.Value.GetString()!);
        }

        return new RecordedCommand(name, alias, action, output, parameters);
    }

    private string Text(JsonElement json, string name, string place) => Member(json, name, JsonValueKind.String, place).GetString()!;

    private JsonElement Member(JsonElement json, string name, JsonValueKind kind, string place)
    {
        Require(json.TryGetProperty(name, out var value), $"{place} is missing");
        Require(
            value.ValueKind == kind,
            $"{place} is not {(kind == JsonValueKind.String ? "text" : "an " + kind.ToString().ToLowerInvariant())}"
        );
        return value;
    }

    private void RequireUnique(IEnumerable<string> texts, string what, IEqualityComparer<string> comparer)
    {
        var known = new HashSet<string>(comparer);
        foreach (var text in texts)
        {
            Require(known.Add(text), $"two commands have the {what} '{text}'");
        }
    }

    private void Require(bool isRight, string trouble)
    {
        if (!isRight)
        {
            throw Refuse(trouble + ".");
        }
    }

    private MembraneInputException Refuse(string trouble, Exception? exception = null) =>
        new(
            ErrorIds.InvalidJson,
            "Path",
            $"The file {path} is not a record of an exported module: {trouble} Nothing of it was used.",
            "Restore the file, from source control for example, or export the module again to another folder.",
            exception
        );
}

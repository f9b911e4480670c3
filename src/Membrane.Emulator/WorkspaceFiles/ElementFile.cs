using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.WorkspaceFiles;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>The file of an element: where it is, and what it says.</summary>
internal sealed class ElementFile
{
    private ElementFile(string path, FileKind kind, string key, string? integrationKey, JsonObject content)
    {
        Path = path;
        Kind = kind;
        Key = key;
        IntegrationKey = integrationKey;
        Content = content;
    }

    public string Path { get; }

    public FileKind Kind { get; }

    public string Key { get; }

    public string? IntegrationKey { get; }

    /// <summary>The fields. Those without a value are not there.</summary>
    public JsonObject Content { get; }

    /// <exception cref="ApiException">It is not a file of an element; the message names it.</exception>
    public static ElementFile Read(WorkspacePath path, byte[] text)
    {
        var kind =
            FileKind.OfFolder(path.Folder) ?? throw Wrong(path.Text, $"there is no element type '{UrlEncoding.Shorten(path.Folder)}'");
        if (path.IntegrationName is not null && !kind.Kind.Layered)
        {
            throw Wrong(path.Text, $"an element of the type {kind.Kind.Type} does not belong to an integration");
        }

        var key = path.Key;
        if (WorkspacePath.Of(path.Folder, key, path.IntegrationKey) != path.Text)
        {
            throw Wrong(path.Text, "the folder is not written as the key of the element is");
        }

        var content = Parse(path.Text, text);
        foreach (var empty in content.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            content.Remove(empty);
        }

        Check(path.Text, kind, key, content);
        return new ElementFile(path.Text, kind, key, path.IntegrationKey, content);
    }

    public static ApiException Wrong(string path, string why) =>
        ApiException.BadRequest($"{path}: {why}.", new JsonObject { ["path"] = path });

    private static JsonObject Parse(string path, byte[] text)
    {
        try
        {
            return YamlText.Read(text);
        }
        catch (YamlProblem problem)
        {
            throw Wrong(path, problem.Message);
        }
    }

    private static void Check(string path, FileKind kind, string key, JsonObject content)
    {
        var known = new HashSet<string>(
            kind.Fields.Concat(kind.References.SelectMany(one => new[] { one.Uuid, one.Key })),
            StringComparer.Ordinal
        )
        {
            "uuid",
            "key",
            "name",
        };
        if (content.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Wrong(path, $"the type {kind.Kind.Type} has no field '{UrlEncoding.Shorten(unknown)}'");
        }

        foreach (var name in known.Except(kind.Fields))
        {
            if (content[name] is { } value && !(value is JsonValue text && text.TryGetValue(out string? _)))
            {
                throw Wrong(path, $"'{name}' must be a string");
            }
        }

        if (content["key"] is { } own && (string?)own != key)
        {
            throw Wrong(path, $"the key is '{UrlEncoding.Shorten((string)own!)}', but the folder says '{UrlEncoding.Shorten(key)}'");
        }

        var asRequest = (JsonObject)content.DeepClone();
        asRequest["key"] = key;
        asRequest["name"] ??= key;
        if (RequestSchemas.FindViolation(kind.Schema, EmulatorJson.Freeze(asRequest)) is { } violation)
        {
            throw Wrong(path, violation.Describe("It").TrimEnd('.'));
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Emulator.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>
/// JSON values as YAML and back, by the core schema of YAML 1.2. What could mean more than one thing is refused: aliases,
/// tags, several documents, two members of one name, numbers that JSON does not have.
/// </summary>
internal static class YamlText
{
    // As deep as JSON may be, less what an element is wrapped in.
    private const int MaximumDepth = EmulatorJson.MaximumDepth - 8;

    // Readers take a name of 1024 characters on one line with its value, escapes included: six for a character.
    private const int MaxSimpleKeyLength = 170;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private static readonly Regex JsonNumber = new(
        "^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$",
        RegexOptions.CultureInvariant
    );

    // Numbers of YAML's core schema, and of its older versions, that JSON has not.
    private static readonly Regex OtherNumber = new(
        "^[-+]?(?:[0-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9]*\\.[0-9]*(?:[eE][-+]?[0-9]+)?"
            + "|\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$|^\\.(?:nan|NaN|NAN)$",
        RegexOptions.CultureInvariant
    );

    // Text that every reader takes as text without quotes.
    private static readonly Regex Plain = new(
        "^[A-Za-z_/](?:[A-Za-z0-9_./@+=-]|:(?=[A-Za-z0-9_/])| (?=[A-Za-z0-9_/(]))*$",
        RegexOptions.CultureInvariant
    );

    // Text of several lines that a block can hold as it is.
    private static readonly Regex Block = new("^[!-~](?:[ -~]*[!-~])?(?:\n(?:[ -~]*[!-~])?)*\n?$", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
    };

    /// <summary>Writes the object as YAML, in UTF-8.</summary>
    public static byte[] Write(JsonObject value)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(
            text,
            new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, MaxSimpleKeyLength)
        );
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return StrictUtf8.GetBytes(text.ToString());
    }

    /// <summary>Reads the one object in the text.</summary>
    /// <exception cref="YamlProblem">The text is not such YAML.</exception>
    public static JsonObject Read(byte[] utf8)
    {
        try
        {
            var start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
            var parser = new Parser(new StringReader(StrictUtf8.GetString(utf8, start, utf8.Length - start)));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                throw new YamlProblem("there is nothing in it", 1, 1);
            }

            var mapping = Take<MappingStart>(parser) ?? throw Problem("an element is a mapping of its fields", parser.Current!);
            var value = ReadMapping(parser, mapping, 1);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
            {
                throw Problem("there is more than one document", parser.Current!);
            }

            return value;
        }
        catch (DecoderFallbackException)
        {
            throw new YamlProblem("the text is not valid UTF-8", 1, 1);
        }
        catch (YamlException problem)
        {
            throw new YamlProblem(problem.InnerException?.Message ?? problem.Message, problem.Start.Line, problem.Start.Column);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            // The library's own words for some texts that are no YAML.
            throw new YamlProblem("the text is not valid YAML", 1, 1);
        }
    }

    private static void Write(Emitter emitter, JsonNode? value)
    {
        switch (value)
        {
            case null:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, "null", ScalarStyle.Plain, true, false));
                break;
            case JsonObject members:
                emitter.Emit(
                    new MappingStart(AnchorName.Empty, TagName.Empty, true, members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block)
                );
                foreach (var member in members)
                {
                    WriteText(emitter, member.Key, isName: true);
                    Write(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(
                    new SequenceStart(AnchorName.Empty, TagName.Empty, true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block)
                );
                foreach (var item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue scalar when scalar.TryGetValue(out string? text):
                WriteText(emitter, text, isName: false);
                break;
            default:
                emitter.Emit(
                    new Scalar(
                        AnchorName.Empty,
                        TagName.Empty,
                        Encoding.UTF8.GetString(EmulatorJson.ToBytes(value)),
                        ScalarStyle.Plain,
                        true,
                        false
                    )
                );
                break;
        }
    }

    private static void WriteText(Emitter emitter, string text, bool isName)
    {
        var style =
            Plain.IsMatch(text) && !Keywords.Contains(text) ? ScalarStyle.Plain
            : !isName && text.IndexOf('\n') >= 0 && Block.IsMatch(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, style == ScalarStyle.Plain, style != ScalarStyle.Plain));
    }

    private static JsonNode? Read(Parser parser, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Problem($"it is nested deeper than {MaximumDepth} levels", parser.Current!);
        }

        if (Take<Scalar>(parser) is { } scalar)
        {
            return ReadScalar(scalar);
        }

        if (Take<MappingStart>(parser) is { } mapping)
        {
            return ReadMapping(parser, mapping, depth);
        }

        var sequence =
            Take<SequenceStart>(parser) ?? throw Problem("an alias (*name) is not taken: write the value again", parser.Current!);
        Check(sequence);
        var items = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Read(parser, depth + 1));
        }

        return items;
    }

    private static JsonObject ReadMapping(Parser parser, MappingStart mapping, int depth)
    {
        Check(mapping);
        var members = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = Take<Scalar>(parser) ?? throw Problem("the name of a field must be text", parser.Current!);
            Check(name);
            if (name.Value == "<<" && name.Style == ScalarStyle.Plain)
            {
                throw Problem("merging (<<) is not taken: write the fields", name);
            }

            if (members.ContainsKey(name.Value))
            {
                throw Problem($"the field '{name.Value}' is there twice", name);
            }

            members.Add(name.Value, Read(parser, depth + 1));
        }

        return members;
    }

    private static JsonNode? ReadScalar(Scalar scalar)
    {
        Check(scalar);
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(scalar.Value);
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return JsonValue.Create(true);
            case "false" or "False" or "FALSE":
                return JsonValue.Create(false);
        }

        if (JsonNumber.IsMatch(scalar.Value))
        {
            return JsonNode.Parse(scalar.Value);
        }

        return OtherNumber.IsMatch(scalar.Value) && scalar.Value != "."
            ? throw Problem($"'{scalar.Value}' is not a JSON number: write it as one, or as text in quotes", scalar)
            : JsonValue.Create(scalar.Value);
    }

    private static T? Take<T>(Parser parser)
        where T : ParsingEvent => parser.Accept<T>(out _) ? parser.Consume<T>() : null;

    private static void Check(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !(node is Scalar { Tag.IsNonSpecific: true }))
        {
            throw Problem("a tag (!name) is not taken", node);
        }

        if (!node.Anchor.IsEmpty)
        {
            throw Problem("an anchor (&name) is not taken: write the value again where it is needed", node);
        }

        if (node is Scalar { Value: var text } && HasHalfCharacter(text))
        {
            throw Problem("a text is not valid Unicode", node);
        }
    }

    private static bool HasHalfCharacter(string text)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
            return false;
        }
        catch (EncoderFallbackException)
        {
            return true;
        }
    }

    private static YamlProblem Problem(string message, ParsingEvent at) => new(message, at.Start.Line, at.Start.Column);
}

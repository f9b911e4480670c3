using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Membrane.Client.Tests.Support;
using Membrane.Emulator.Agents;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Control;
using Membrane.Emulator.Durability;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Tests.Support;
using Membrane.Emulator.WorkspaceFiles;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests.Fuzzing;

/// <summary>What the emulator reads of strangers, without a server around it.</summary>
public sealed class ParserFuzz(ITestOutputHelper output)
{
    private static readonly string[] Queries =
    [
        "limit=5&cursor=n2&search=a+b%20c&createdAfter=2026-01-01T00:00:00Z",
        "token=abcdef&api_key=1&code=xyz&name=größe&flag",
        "a=1&a=2&%zz=%f0%9f%98%80&=",
    ];

    private static readonly string[] Bodies =
    [
        """{"name":"Ada","credentials":{"apiKey":"SECRETSECRETSECRET","list":[{"password":"SECRETSECRETSECRET"}]},"tokens":3,"nextPageToken":"x","\u0061ccess_token":"SECRETSECRETSECRET"}""",
        """[{"key":"k","secret":"SECRETSECRETSECRET"},"Bearer SECRETSECRETSECRET",null,1.50,{"a":{"b":"\ud83d\ude00"}}]""",
        """{"nodes":{"start":{"type":"api-trigger","links":[{"key":"x"}]}},"inputSchema":{"type":"object"}}""",
    ];

    private static readonly string[] Yaml =
    [
        "uuid: 6f1d\nname: Create a contact\nconfig:\n  headers:\n    - key: X\n      value: \"1\"\n  n: 1.5\n  t: |\n    one\n    two\n",
        "{a: [1, 'two', \"th\\u0072ee\", null, true], b: {c: ~}}\n",
        "key: a\n---\nkey: b\n",
        "a: &x {b: 1}\nc: *x\nd: !!str 1\n? [q]\n: r\n",
    ];

    [Fact]
    public void A_query_is_read_as_it_is_written() =>
        Fuzz.Check(
            Mutations.OfText(Queries),
            output,
            static text =>
            {
                var query = QueryValues.Parse(text);
                foreach (var name in query.All.Keys.ToArray())
                {
                    _ = query.Text(name);
                    _ = query.Flag(name);
                    _ = query.Number(name);
                    try
                    {
                        _ = query.Moment(name);
                    }
                    catch (ApiException error)
                    {
                        Assert.Equal(400, error.Status);
                    }
                }

                foreach (var operation in OperationTable.Default.Operations.Take(40))
                {
                    try
                    {
                        query.Check(operation);
                    }
                    catch (ApiException error)
                    {
                        Assert.Equal(400, error.Status);
                    }
                }

                var again = string.Join(
                    "&",
                    query.All.Select(static pair => Uri.EscapeDataString(Whole(pair.Key)) + "=" + Uri.EscapeDataString(Whole(pair.Value)))
                );
                Assert.Equal(
                    query
                        .All.Select(static pair => (Whole(pair.Key), Whole(pair.Value)))
                        .Where(static pair => pair.Item1.Length + pair.Item2.Length > 0)
                        .Distinct()
                        .Count(),
                    QueryValues.Parse(again).All.Count(static pair => pair.Key.Length + pair.Value.Length > 0)
                );
            },
            1500
        );

    [Fact]
    public void A_body_is_JSON_that_can_be_written_again_or_is_refused() =>
        Fuzz.Check(
            Mutations.OfUtf8(Bodies),
            output,
            static bytes =>
            {
                JsonElement value;
                try
                {
                    value = EmulatorJson.ParseForeign(bytes);
                }
                catch (JsonException)
                {
                    return;
                }

                var written = EmulatorJson.ToBytes(EmulatorJson.ToNode(value));
                Assert.Equal(written, EmulatorJson.ToBytes(EmulatorJson.ToNode(EmulatorJson.Parse(written, 8))));
                Assert.InRange(EmulatorJson.Depth(EmulatorJson.ToNode(value)), 1, EmulatorJson.MaximumDepth + 1);
            },
            3000
        );

    [Fact]
    public void The_log_shows_no_secret_whatever_becomes_of_the_rest_of_a_body()
    {
        var places = Gen.Select(
            Gen.OneOfConst("apiKey", "password", "client_secret", "access_token", "signature", "X-Api-Key"),
            Mutations.OfUtf8(Bodies),
            Mutations.OfUtf8(Bodies),
            Gen.Bool
        );
        Fuzz.Check(
            places,
            output,
            static made =>
            {
                (var name, var before, var after, var isWhole) = made;
                var member = $"\"{name}\" : \"HIDDENHIDDEN\"";
                var text =
                    isWhole && Json(before) is { ValueKind: JsonValueKind.Object } other
                        ? "{" + member + ",\"other\":" + other.GetRawText() + "}"
                        : "{" + member + "," + Encoding.UTF8.GetString(before) + Encoding.UTF8.GetString(after);
                var bytes = Encoding.UTF8.GetBytes(text);
                var redaction = new Redaction();

                var shown = redaction.Json(bytes, Encoding.UTF8.GetString(bytes));

                Assert.DoesNotContain("HIDDENHIDDEN", shown, StringComparison.Ordinal);
                Assert.NotEmpty(redaction.Hidden);
                Assert.DoesNotContain(
                    "HIDDENHIDDEN",
                    new Redaction().Pairs("x=1&" + Uri.EscapeDataString(name) + "=HIDDENHIDDEN&" + Encoding.UTF8.GetString(after), "query"),
                    StringComparison.Ordinal
                );
                Assert.DoesNotContain("HIDDENHIDDEN", new Redaction().Header(name, "HIDDENHIDDEN " + name), StringComparison.Ordinal);
            },
            2000
        );
    }

    [Fact]
    public void A_form_of_files_is_read_or_refused()
    {
        const string Form =
            "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.zip\"\r\nContent-Type: application/zip\r\n\r\nPK\u0003\u0004\r\n--b1\r\nContent-Disposition: form-data; name=dryRun\r\n\r\ntrue\r\n--b1--\r\n";
        Fuzz.Check(
            Gen.Select(
                Mutations.OfUtf8(Form),
                Mutations.OfText("multipart/form-data; boundary=b1", "multipart/form-data; x=y; boundary=\"b1\"")
            ),
            output,
            static made =>
            {
                foreach (var type in new[] { "multipart/form-data; boundary=b1", made.Item2 })
                {
                    try
                    {
                        Assert.InRange(MultipartReader.Read(made.Item1, type).Count, 0, 16);
                    }
                    catch (ApiException error)
                    {
                        Assert.Equal(400, error.Status);
                    }
                }
            },
            2000
        );
    }

    [Fact]
    public void YAML_that_is_read_is_the_same_when_it_is_written_and_read_again() =>
        Fuzz.Check(
            Mutations.OfUtf8(Yaml),
            output,
            static bytes =>
            {
                JsonObject value;
                try
                {
                    value = YamlText.Read(bytes);
                }
                catch (YamlProblem)
                {
                    return;
                }

                var json = EmulatorJson.ToBytes(value);
                Assert.Equal(
                    Encoding.UTF8.GetString(json),
                    Encoding.UTF8.GetString(EmulatorJson.ToBytes(YamlText.Read(YamlText.Write(value))))
                );
            },
            2000
        );

    [Fact]
    public void Records_are_read_up_to_the_first_that_is_not_whole()
    {
        var store = new List<byte>();
        var whole = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            var id = "id" + number;
            var body = EmulatorJson.Freeze(new JsonObject { ["id"] = id, ["text"] = "größe [n" });
            store.AddRange(
                RecordFormat.Write([
                    new JournalEntry("things", id, new StoredElement("things", number, body)),
                    new JournalEntry("things", "gone", null),
                ])
            );
            whole.Add(id);
        }

        Fuzz.Check(
            Mutations.OfBytes([.. store]),
            output,
            bytes =>
            {
                using var stream = new MemoryStream(bytes);
                var entries = new List<JournalEntry>();
                var good = RecordFormat.ReadAll(stream, entries);
                while (RecordFormat.FindNext(stream, good) is { } next)
                {
                    Assert.True(next > good);
                    stream.Position = next;
                    good = RecordFormat.ReadAll(stream, entries);
                }

                // Nothing is invented.
                Assert.All(entries, entry => Assert.Contains(entry.Id, whole.Append("gone")));
            },
            1500
        );
    }

    [Fact]
    public void A_prompt_is_understood_in_time() =>
        Fuzz.Check(
            Mutations.OfText(
                "Build a connector for Acme CRM (https://acme.example)",
                "Create an action to list contacts for connection con_1 with fields email, name and phone number",
                "Create a flow to list contacts then create contact for connection con_1, and then send an email",
                "Please rename it to \"x\"."
            ),
            output,
            static text => _ = Prompt.Read(text),
            1000
        );

    [Fact]
    public void A_pattern_matches_what_its_stars_stand_for() =>
        Fuzz.Check(
            Gen.Select(Gen.Char["ab*/"].Array[0, 12], Gen.Char["ab/"].Array[0, 16]),
            output,
            static made =>
            {
                (var pattern, var text) = (new string(made.Item1), new string(made.Item2));
                Assert.Equal(
                    Regex.IsMatch(text, "\\A" + Regex.Escape(pattern).Replace("\\*", "[\\s\\S]*", StringComparison.Ordinal) + "\\z"),
                    Wildcard.Matches(pattern, text)
                );
            },
            5000
        );

    [Fact]
    public void A_catalog_is_read_or_refused()
    {
        var path = TestFiles.Path();
        Fuzz.Check(
            Mutations.OfUtf8(
                """[{"slug":"hubspot","name":"HubSpot","url":"https://hubspot.com","categories":["crm"],"actions":[{"name":"Create contact","key":"create-contact","description":"x"}]},{"slug":"a","name":"A"}]"""
            ),
            output,
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                try
                {
                    Assert.All(CatalogFile.Read(path), static app => Assert.NotEmpty(app.Slug));
                }
                catch (InvalidDataException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                }
            },
            200
        );
    }

    private static JsonElement? Json(byte[] bytes)
    {
        try
        {
            return EmulatorJson.ParseForeign(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What is not valid text cannot be escaped.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CsCheck;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Checkpoints;
using Membrane.Client.NativeCommands;
using Membrane.Client.Tests.Support;
using Membrane.Client.WorkspaceFiles;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>Files that anybody may have changed are read, or refused by the documented error and left as they are.</summary>
public sealed class FileFuzz(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Credentials =
    [
        """{"theirs":{"secret":"größe \u00e4","n":1e3},"membrane-powershell":{"version":1,"signIns":{"work":{"id":"1","apiUri":"https://api.example.com","scope":"tenant","accessToken":"pat-SECRETSECRETSECRET","expiresAt":"2026-01-01T00:00:00+00:00","refreshToken":"SECRETSECRETSECRET"}},"pending":{"p":{"apiUri":"https://api.example.com","scope":"platform-user","redirectUri":"http://127.0.0.1/callback","state":"s","codeVerifier":"SECRETSECRETSECRET"}}},"more":[1,2]}""",
        """{"membrane-powershell":{"version":1,"signIns":{},"pending":{}}}""",
        """{ "a" : 1 }""",
        "\uFEFF{}",
        "  \n",
    ];

    private static readonly string[] Modules =
    [
        """{"module":"Membrane.HubSpot","version":"1.2.0","prefix":"HubSpot","connection":"con_1","commands":[{"name":"New-HubSpotContact","alias":"create-contact","action":"act_1","output":"Membrane.App.HubSpot.Contact: Id, Email","parameters":{"Email":"text, required","Tags":"text[]"}},{"name":"Get-HubSpotContact","alias":"get-contact","action":"get-contact","output":null,"parameters":{}}]}""",
    ];

    private static readonly string[] Paths =
    [
        "membrane/actions/create-contact/create-contact.yaml",
        "membrane/integrations/hubspot/actions/get/get.yaml",
        "membrane/connectors/c/1.0/src/auth/index.js",
        "membrane/connectors/%2E/con/con.yaml",
        "create contact",
        "CON",
        "größe/日本語",
        "..",
    ];

    private static readonly string[] Elements =
    [
        "uuid: 6f1d\nname: Create\nconfig:\n  headers:\n    Authorization: Bearer abcdefghijklmnop\n    X-Api-Key: \"k1234567\"\n",
        "key: a\nname: apiKey\n  value: secret12345\ntoken: ${x}\n",
        "module.exports = { password: 'hunter2hunter2', url: 'https://x' }\n",
        "\"uuid\": \"6f1d\"\n- name: Authorization\n  value: abc\n",
    ];

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Our_member_of_the_credentials_file_can_be_changed_and_nothing_else_is() =>
        Fuzz.Check(
            Mutations.OfUtf8(Credentials),
            output,
            static bytes =>
            {
                CredentialDocument document;
                try
                {
                    document = CredentialDocument.Parse(bytes);
                }
                catch (JsonException)
                {
                    return;
                }

                var changed = CredentialDocument.Parse(document.With("{\"version\":1}"u8.ToArray()));
                Assert.Equal("{\"version\":1}", Encoding.UTF8.GetString(changed.Section.Span));
                var rest = Others(bytes);
                Assert.Equal(rest, Others(document.With("{\"version\":1}"u8.ToArray())));
                Assert.Equal(rest, Others(document.Without()));
                Assert.Equal(rest, Others(changed.Without()));
                try
                {
                    var section = CredentialSection.Read(document.Section);
                    var again = CredentialSection.Read(section.ToJson());
                    Assert.Equal(section.SignIns.Keys, again.SignIns.Keys);
                    Assert.Equal(section.Pending.Keys, again.Pending.Keys);
                    Assert.Equal(section.ToJson(), again.ToJson());
                }
                catch (JsonException)
                {
                    // What this version did not write.
                }
            },
            3000
        );

    [Fact]
    public void A_damaged_file_of_sign_ins_is_refused_without_a_word_of_it()
    {
        var number = 0;
        Fuzz.Check(
            Mutations.OfUtf8(Credentials),
            output,
            bytes =>
            {
                var path = folder.File($"credentials-{number++ % 8}.json");
                File.WriteAllBytes(path, bytes);
                try
                {
                    var store = new CredentialStore(path);
                    _ = store.FindSignIn("work");
                    _ = store.FindSignIn("nobody");
                }
                catch (MembraneException exception)
                {
                    Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
                    Assert.DoesNotContain("SECRETSECRETSECRET", exception.ToString(), StringComparison.Ordinal);
                }

                Assert.Equal(bytes, File.ReadAllBytes(path));
            },
            50
        );
    }

    [Fact]
    public void A_record_of_a_module_has_nothing_but_names_or_is_refused() =>
        Fuzz.Check(
            Mutations.OfUtf8(Modules),
            output,
            static bytes =>
            {
                ModuleRecord record;
                try
                {
                    record = ModuleRecordReader.Read(bytes, "x.json");
                }
                catch (MembraneInputException exception)
                {
                    Assert.Equal(ErrorIds.InvalidJson, exception.ErrorId);
                    return;
                }

                Assert.Matches("\\A[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*\\z", record.Module);
                Assert.All(record.Commands, static command => Assert.Matches("\\A[A-Za-z]+-[A-Za-z0-9]+\\z", command.Name));
                Assert.All(record.Commands, static command => Assert.Matches("\\A[a-z0-9-]+\\z", command.Alias));
                Assert.All(record.Commands, static command => Assert.DoesNotMatch("[\\p{Cc}$`'\"]", command.Action));
                var written = record.Write();
                Assert.Equal(written, ModuleRecordReader.Read(written, "x.json").Write());
            },
            3000
        );

    [Fact]
    public async Task A_checkpoint_is_read_or_refused_and_a_refused_one_is_left_as_it_is()
    {
        var purpose = new Dictionary<string, string> { ["action"] = "a" };
        var path = folder.File("whole");
        using (var file = CheckpointJournal.OpenFile(path, purpose))
        {
            foreach (var number in Enumerable.Range(0, 6))
            {
                await file.WriteAsync(Guid.NewGuid(), (CheckpointState)(number % 4));
            }
        }

        Fuzz.Check(
            Mutations.OfBytes(File.ReadAllBytes(path)),
            output,
            bytes =>
            {
                var damaged = folder.File("damaged");
                File.WriteAllBytes(damaged, bytes);
                try
                {
                    CheckpointJournal.OpenFile(damaged, purpose).Dispose();
                }
                catch (MembraneException exception)
                {
                    Assert.Contains(exception.ErrorId, new[] { ErrorIds.CheckpointDamaged, ErrorIds.CheckpointMismatch });
                    Assert.Equal(bytes, File.ReadAllBytes(damaged));
                    return;
                }

                // What was read once is whole from then on.
                using var again = CheckpointJournal.OpenFile(damaged, purpose);
                Assert.Null(again.Warning);
            },
            300
        );
    }

    [Fact]
    public void A_name_that_is_taken_for_a_file_of_a_workspace_leads_nowhere_else() =>
        Fuzz.Check(
            Mutations.OfText(Paths),
            output,
            static text =>
            {
                if (WorkspacePath.Parse(text) is { } path && WorkspacePath.Refuse(text) is null)
                {
                    var root = Path.GetFullPath("/files");
                    Assert.StartsWith(
                        Path.Combine(root, "membrane") + Path.DirectorySeparatorChar,
                        Path.GetFullPath(Path.Combine(root, text)),
                        StringComparison.Ordinal
                    );
                    _ = path.Key;
                    _ = path.ElementType;
                }

                if (text.Length is > 0 and < 40 && text.IndexOfAny(['\ud83d', '\ude00', '\ud800']) < 0)
                {
                    var made = WorkspacePath.Of("actions", text);
                    Assert.True(WorkspacePath.Refuse(made) is null or "has a part that is longer than 200 characters", made);
                    Assert.Equal(text, WorkspacePath.Parse(made)!.Key);
                }

                _ = WorkspacePath.FindMeant(text);
            },
            4000
        );

    [Fact]
    public void An_archive_is_read_or_refused()
    {
        var archive = new WorkspaceArchive();
        archive.Add(Paths[0], () => Encoding.UTF8.GetBytes(Elements[0]));
        archive.Add(Paths[2], () => Encoding.UTF8.GetBytes(Elements[2]));
        Fuzz.Check(
            Mutations.OfBytes(archive.ToZip()),
            output,
            static zip =>
            {
                try
                {
                    var read = WorkspaceArchive.FromZip(zip);
                    Assert.Equal(read.Files.Keys, WorkspaceArchive.FromZip(read.ToZip()).Files.Keys);
                }
                catch (MembraneException exception)
                {
                    Assert.Equal(ErrorIds.MalformedResponse, exception.ErrorId);
                }
            },
            2000
        );
    }

    [Fact]
    public void Files_of_elements_are_searched_in_time() =>
        Fuzz.Check(
            Gen.Select(Mutations.OfUtf8(Elements), Mutations.OfUtf8(Elements)),
            output,
            static files =>
            {
                var archive = new WorkspaceArchive();
                archive.Add(Paths[0], () => files.Item1);
                archive.Add("membrane/actions/b/b.yaml", () => files.Item2);
                _ = CredentialLines.Find(archive);
                try
                {
                    RepeatedUuid.Refuse(archive);
                }
                catch (MembraneInputException exception)
                {
                    Assert.Contains(Paths[0], exception.Message, StringComparison.Ordinal);
                }

                Assert.Equal(Plain(files.Item1) == Plain(files.Item2), SameText.Is(files.Item1, files.Item2));
            },
            2000
        );

    // As one reads them whose tool has changed the ends of the lines.
    private static string Plain(byte[] text)
    {
        var plain = Encoding.Latin1.GetString(text);
        if (plain.Contains('\0', StringComparison.Ordinal))
        {
            return "binary " + plain;
        }

        plain = plain.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? plain[3..] : plain;
        return Regex.Replace(plain, "\r\n", "\n");
    }

    private static string[] Others(byte[] file)
    {
        var start = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var text = Encoding.Latin1.GetString(file.AsSpan(start));
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(static member => !member.NameEquals("membrane-powershell"))
                .Select(static member => member.Value.GetRawText()),
        ];
    }
}

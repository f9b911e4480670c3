using System.Linq;
using System.Text;
using Membrane.Client.WorkspaceFiles;
using Xunit;

namespace Membrane.Client.Tests.WorkspaceFiles;

public sealed class WorkspaceArchiveTests
{
    [Theory]
    [InlineData("../evil.yaml")]
    [InlineData("membrane/../../evil.yaml")]
    [InlineData("membrane/actions/../../../evil/evil.yaml")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("C:/Windows/evil.yaml")]
    [InlineData("membrane/connectors/a/1.0.0/src/C:evil")]
    [InlineData("membrane\\actions\\a\\a.yaml")]
    [InlineData("membrane/connectors/a/1.0.0/src/x\\..\\..\\y")]
    [InlineData("//server/share/evil.yaml")]
    [InlineData("membrane//actions/a/a.yaml")]
    [InlineData("membrane/connectors/a/1.0.0/src/CON")]
    [InlineData("membrane/connectors/a/1.0.0/src/nul.txt")]
    [InlineData("membrane/connectors/a/1.0.0/src/com1.js")]
    [InlineData("membrane/connectors/a/1.0.0/src/.git/config")]
    [InlineData("membrane/connectors/a/1.0.0/src/.GIT/hooks/post-checkout")]
    [InlineData("membrane/connectors/a/1.0.0/src/end.")]
    [InlineData("membrane/connectors/a/1.0.0/src/end ")]
    [InlineData("membrane/connectors/a/1.0.0/src/a\nb")]
    [InlineData("membrane/connectors/a/1.0.0/src/stream.js:hidden")]
    public void A_name_that_must_not_become_a_file_refuses_the_whole(string name)
    {
        var problem = Assert.Throws<MembraneException>(() =>
            WorkspaceArchive.FromZip(Zip.Of(("membrane/actions/a/a.yaml", "key: a"), (name, "evil")))
        );

        Assert.Equal(ErrorIds.MalformedResponse, problem.ErrorId);
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_refused() =>
        Assert.Throws<MembraneException>(static () =>
            WorkspaceArchive.FromZip(Zip.Of(("membrane/actions/a/a.yaml", "key: a"), ("membrane/actions/A/A.yaml", "key: A")))
        );

    [Fact]
    public void What_unpacks_to_too_much_is_refused() =>
        Assert.Contains(
            "100 MB",
            Assert.Throws<MembraneException>(static () => WorkspaceArchive.FromZip(Zip.Bomb("membrane/actions/a/a.yaml", 101))).Message,
            System.StringComparison.Ordinal
        );

    [Theory]
    [InlineData("")]
    [InlineData("this is no zip file")]
    [InlineData("PK\u0003\u0004 neither is this")]
    public void What_is_no_zip_file_is_refused(string content) =>
        Assert.Equal(
            ErrorIds.MalformedResponse,
            Assert.Throws<MembraneException>(() => WorkspaceArchive.FromZip(Encoding.Latin1.GetBytes(content))).ErrorId
        );

    [Theory]
    [InlineData("membrane/actions/send/send.yaml", "action", "send", null)]
    [InlineData("membrane/field-mappings/contacts/contacts.yaml", "field-mapping", "contacts", null)]
    [InlineData("membrane/integrations/slack/slack.yaml", "integration", "slack", null)]
    [InlineData("membrane/integrations/slack/flows/sync/sync.yaml", "flow", "sync", "slack")]
    [InlineData("membrane/connectors/slack/slack.yaml", "connector", "slack", null)]
    [InlineData("membrane/connectors/slack/1.0.0/src/auth/index.js", "connector", "slack", null)]
    [InlineData("membrane/things/a%2Fb/a%2Fb.yaml", "things", "a/b", null)]
    public void The_layout_says_what_a_file_is(string name, string type, string key, string? integrationKey)
    {
        var path = WorkspacePath.Parse(name)!;

        Assert.Equal((type, key, integrationKey), (path.ElementType, path.Key, path.IntegrationKey));
    }

    [Theory]
    [InlineData("membrane.config.yml")]
    [InlineData("membrane/readme.yaml")]
    [InlineData("membrane/actions/send/other.yaml")]
    [InlineData("membrane/actions/send/send.yml")]
    [InlineData("membrane/actions/send/deep/send/send.yaml")]
    [InlineData("other/actions/send/send.yaml")]
    public void What_is_not_part_of_the_layout_is_left_out_and_named(string name)
    {
        var archive = WorkspaceArchive.FromZip(Zip.Of((name, "workspaceSecret: s3cret"), ("membrane/actions/a/a.yaml", "key: a")));

        Assert.Equal(["membrane/actions/a/a.yaml"], archive.Files.Keys);
        Assert.Equal([name], archive.Ignored);
    }

    [Theory]
    [InlineData("send-message")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("con")]
    [InlineData("COM1")]
    [InlineData("ends.")]
    [InlineData("ends ")]
    [InlineData("100%")]
    [InlineData("größe:1")]
    public void Every_key_has_a_name_that_leads_back_to_it(string key)
    {
        var name = WorkspacePath.Of("actions", key, key);

        Assert.Null(WorkspacePath.Refuse(name));
        Assert.Equal((key, key), (WorkspacePath.Parse(name)!.Key, WorkspacePath.Parse(name)!.IntegrationKey));
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        var first = WorkspaceArchive
            .FromZip(Zip.Of(("membrane/actions/a/a.yaml", "key: a"), ("membrane/actions/b/b.yaml", "key: b")))
            .ToZip();
        var second = WorkspaceArchive
            .FromZip(Zip.Of(("membrane/actions/b/b.yaml", "key: b"), ("membrane/actions/a/a.yaml", "key: a")))
            .ToZip();

        Assert.True(first.SequenceEqual(second));
    }
}

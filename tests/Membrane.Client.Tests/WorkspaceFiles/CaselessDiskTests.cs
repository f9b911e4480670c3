using System;
using System.IO;
using System.Linq;
using Membrane.Client.Tests.Support;
using Membrane.Client.WorkspaceFiles;
using Xunit;

namespace Membrane.Client.Tests.WorkspaceFiles;

/// <summary>The files of a workspace on a disk that finds a name in any spelling: a key may change in capital letters only.</summary>
public sealed class CaselessDiskTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly CaselessDisk disk = new();
    private readonly WorkspaceFolder workspace;

    public CaselessDiskTests() => workspace = new WorkspaceFolder(folder.Path, disk);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_folder_of_an_element_is_spelled_anew(bool hasOtherFiles)
    {
        workspace.Write(Archive("membrane/actions/Make-Lead/Make-Lead.yaml"));
        if (hasOtherFiles)
        {
            File.WriteAllText(folder.File("membrane", "actions", "Make-Lead", "notes.txt"), "mine");
        }

        var changes = workspace
            .Write(Archive("membrane/actions/make-lead/make-lead.yaml"))
            .Select(static change => change.ToString())
            .ToArray();

        Assert.Equal(["removed membrane/actions/Make-Lead/Make-Lead.yaml", "created membrane/actions/make-lead/make-lead.yaml"], changes);
        string[] notes = hasOtherFiles ? ["membrane/actions/make-lead/notes.txt"] : [];
        Assert.Equal(["membrane/actions/make-lead/make-lead.yaml", .. notes], Files());
        Assert.Equal(["membrane/actions/make-lead/make-lead.yaml"], workspace.Read().Files.Keys);
        Assert.Empty(workspace.CompareWith(Archive("membrane/actions/make-lead/make-lead.yaml")));
    }

    [Fact]
    public void So_is_that_of_an_integration_with_all_that_is_in_it()
    {
        string[] before =
        [
            "membrane/integrations/Slack/Slack.yaml",
            "membrane/integrations/Slack/actions/a/a.yaml",
            "membrane/integrations/Slack/flows/F/F.yaml",
        ];
        workspace.Write(Archive(before));
        File.WriteAllText(folder.File("membrane", "integrations", "Slack", "flows", "notes.txt"), "mine");
        var after = before
            .Select(static name => name.Replace("Slack", "slack", StringComparison.Ordinal).Replace('F', 'f'))
            .Order(StringComparer.Ordinal)
            .ToArray();

        workspace.Write(Archive(after));

        Assert.Equal(after.Append("membrane/integrations/slack/flows/notes.txt").Order(StringComparer.Ordinal), Files());
        Assert.Equal(after, workspace.Read().Files.Keys);
    }

    [Fact]
    public void What_an_earlier_version_has_left_is_refused_when_read_and_put_right_when_written()
    {
        // As it was written into the folder of the old key.
        Directory.CreateDirectory(folder.File("membrane", "actions", "Make-Lead"));
        File.WriteAllText(folder.File("membrane", "actions", "Make-Lead", "make-lead.yaml"), "changed here");

        var problem = Assert.Throws<MembraneInputException>(() => workspace.Read());
        Assert.Equal("Path", problem.ParameterName);
        Assert.Contains("membrane/actions/Make-Lead/make-lead.yaml", problem.Message, StringComparison.Ordinal);

        // Not as new: what is there would be lost without a question.
        Assert.Equal("updated", Assert.Single(workspace.CompareWith(Archive("membrane/actions/make-lead/make-lead.yaml"))).Change);
        workspace.Write(Archive("membrane/actions/make-lead/make-lead.yaml"));
        Assert.Equal(["membrane/actions/make-lead/make-lead.yaml"], workspace.Read().Files.Keys);
    }

    [Fact]
    public void When_something_goes_wrong_the_old_spelling_is_back()
    {
        workspace.Write(Archive("membrane/actions/Make-Lead/Make-Lead.yaml"));
        File.WriteAllText(folder.File("membrane", "actions", "Make-Lead", "notes.txt"), "mine");
        Directory.CreateDirectory(folder.File("membrane", "flows", "z", "z.yaml"));
        var before = Files();

        Assert.Throws<MembraneException>(() =>
            workspace.Write(Archive("membrane/actions/make-lead/make-lead.yaml", "membrane/flows/z/z.yaml"))
        );

        Assert.Equal(before, Files());
    }

    [Fact]
    public void Elsewhere_a_file_of_ones_own_beside_that_of_the_element_is_left_out_as_before()
    {
        var own = new WorkspaceFolder(folder.Path);
        own.Write(Archive("membrane/actions/a/a.yaml"));
        var beside = folder.File("membrane", "actions", "a", "A.yaml");
        if (!File.Exists(beside))
        {
            File.WriteAllText(beside, "mine");
            Assert.Equal(["membrane/actions/a/a.yaml"], own.Read().Files.Keys);
        }
    }

    private static WorkspaceArchive Archive(params string[] names) =>
        WorkspaceArchive.FromZip(Zip.Of(names.Select(static name => (name, "content of " + name)).ToArray()));

    private string[] Files() =>
        Directory
            .GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();
}

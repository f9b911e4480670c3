using System;
using System.IO;
using System.Linq;
using System.Text;
using Membrane.Client.Tests.Support;
using Membrane.Client.WorkspaceFiles;
using Xunit;

namespace Membrane.Client.Tests.WorkspaceFiles;

public sealed class WorkspaceFolderTests
{
    private static readonly string[] Layout =
    [
        "membrane/actions/a/a.yaml",
        "membrane/connectors/c/1.0.0/src/main.js",
        "membrane/integrations/slack/flows/f/f.yaml",
    ];

    private static WorkspaceArchive Archive(params (string Name, string Content)[] files) => WorkspaceArchive.FromZip(Zip.Of(files));

    private static string Write(Folder folder, string name, string content)
    {
        var path = folder.File(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private static string[] Everything(Folder folder) =>
        Directory
            .GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new Folder();
        var workspace = new WorkspaceFolder(folder.File("new"));
        var archive = Archive(Layout.Select(static name => (name, "content of " + name)).ToArray());

        var changes = workspace.Write(archive).Select(static change => change.ToString()).ToArray();

        Assert.Equal(Layout.Select(static name => "created " + name), changes);
        Assert.Equal(
            archive.Files.Select(static file => file.Key + Encoding.UTF8.GetString(file.Value)),
            workspace.Read().Files.Select(static file => file.Key + Encoding.UTF8.GetString(file.Value))
        );
        Assert.Empty(workspace.Write(archive));
    }

    [Fact]
    public void Changed_files_are_replaced_missing_ones_removed_with_their_folders_and_others_left_alone()
    {
        using var folder = new Folder();
        var workspace = new WorkspaceFolder(folder.Path);
        var same = Write(folder, "membrane/actions/same/same.yaml", "key: same\r\n");
        Write(folder, "membrane/actions/other/other.yaml", "old");
        Write(folder, "membrane/flows/gone/gone.yaml", "gone");
        Write(folder, "membrane/notes.txt", "mine");
        Write(folder, "membrane.config.yml", "workspaceSecret: mine");
        File.SetLastWriteTimeUtc(same, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var changes = workspace
            .Write(Archive(("membrane/actions/same/same.yaml", "key: same\n"), ("membrane/actions/other/other.yaml", "new")))
            .Select(static change => change.ToString())
            .ToArray();

        Assert.Equal(["updated membrane/actions/other/other.yaml", "removed membrane/flows/gone/gone.yaml"], changes);
        Assert.Equal(
            [
                "membrane",
                "membrane.config.yml",
                "membrane/actions",
                "membrane/actions/other",
                "membrane/actions/other/other.yaml",
                "membrane/actions/same",
                "membrane/actions/same/same.yaml",
                "membrane/notes.txt",
            ],
            Everything(folder)
        );
        Assert.Equal("new", File.ReadAllText(folder.File("membrane", "actions", "other", "other.yaml")));
        Assert.Equal(2020, File.GetLastWriteTimeUtc(same).Year);
    }

    [Fact]
    public void When_one_file_cannot_be_written_all_stay_as_they_were()
    {
        using var folder = new Folder();
        var workspace = new WorkspaceFolder(folder.Path);
        Write(folder, "membrane/actions/a/a.yaml", "old");
        Write(folder, "membrane/actions/gone/gone.yaml", "old");

        // A folder stands where the last file shall go.
        Write(folder, "membrane/flows/z/z.yaml/keep", "in the way");
        var before = Everything(folder);

        var problem = Assert.Throws<MembraneException>(() =>
            workspace.Write(
                Archive(("membrane/actions/a/a.yaml", "new"), ("membrane/actions/b/b.yaml", "new"), ("membrane/flows/z/z.yaml", "new"))
            )
        );

        Assert.Equal(ErrorIds.FileAccess, problem.ErrorId);
        Assert.Equal(before, Everything(folder));
        Assert.Equal("old", File.ReadAllText(folder.File("membrane", "actions", "a", "a.yaml")));
    }

    [Theory]
    [InlineData("membrane")]
    [InlineData("membrane/actions")]
    [InlineData("membrane/actions/a")]
    [InlineData("membrane/actions/a/a.yaml")]
    public void A_link_is_neither_read_nor_written_through(string place)
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        var outside = Write(elsewhere, "actions/a/a.yaml", "outside");
        Write(elsewhere, "a/a.yaml", "outside");
        Write(elsewhere, "a.yaml", "outside");
        var link = folder.File(place.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (place.EndsWith(".yaml", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(link, outside);
        }
        else
        {
            Directory.CreateSymbolicLink(link, elsewhere.Path);
        }

        var workspace = new WorkspaceFolder(folder.Path);

        Assert.Contains("link", Assert.ThrowsAny<MembraneException>(() => workspace.Read()).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<MembraneException>(() => workspace.Write(Archive(("membrane/actions/a/a.yaml", "new"))));
        Assert.Equal("outside", File.ReadAllText(outside));
    }

    [Fact]
    public void A_name_that_not_every_system_allows_is_refused_when_read()
    {
        using var folder = new Folder();
        Write(folder, "membrane/connectors/a/1.0.0/src/aux.js", "x");

        Assert.Equal("Path", Assert.Throws<MembraneInputException>(() => new WorkspaceFolder(folder.Path).Read()).ParameterName);
    }
}

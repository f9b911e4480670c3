using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Client;
using Membrane.Client.WorkspaceFiles;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>The elements of the workspace as files: their export, and their import. Both are jobs.</summary>
internal sealed class WorkspaceFileOperations(ElementAccess access, AsyncJobs jobs)
{
    private readonly ElementFiles files = new ElementFiles(access.Store, access.Contents);

    public void AddTo(HandlerTable table)
    {
        table.Add("exportWorkspace", Export);
        table.Add("importWorkspace", Import);
    }

    private Reply Export(OperationRequest request)
    {
        var simplified = request.Query.Flag("simplified") == true;
        return jobs.StartFile(() => Refusing(() => files.Export(simplified).ToZip()));
    }

    private Reply Import(OperationRequest request)
    {
        var form = MultipartReader.Read(request.Incoming.Body, request.Incoming.ContentType);
        if (form.Keys.FirstOrDefault(name => name is not ("file" or "dryRun")) is { } unknown)
        {
            throw ApiException.BadRequest($"Unknown field '{UrlEncoding.Shorten(unknown)}' of the form.");
        }

        if (!form.TryGetValue("file", out var zip) || zip.Length == 0)
        {
            throw ApiException.BadRequest("The form has no file.");
        }

        var query = request.Query;
        var dryRun =
            query.Flag("dryRun") == true
            || (form.TryGetValue("dryRun", out var flag) && Encoding.UTF8.GetString(flag) is not ("" or "false" or "0"));
        var partial = query.Flag("partial") == true;
        var diff = query.Flag("diff") == true;
        var force = query.Flag("force") == true;
        return jobs.Start(() =>
        {
            (var elements, var sources) = Read(Refusing(() => WorkspaceArchive.FromZip(zip)));
            ImportedChange[] Run(StoreTransaction transaction) =>
                new WorkspaceImporter(access.Clock, access.Drafts, transaction, files, partial, force).Run(elements, sources).ToArray();
            var changes = dryRun ? access.Store.DryRun(Run) : access.Store.Change(Run);
            return new JsonObject { ["changes"] = new JsonArray(changes.Select(change => (JsonNode)change.Show(diff)).ToArray()) };
        });
    }

    private static (IReadOnlyList<ElementFile> Elements, Dictionary<string, Dictionary<string, string>> Sources) Read(
        WorkspaceArchive archive
    )
    {
        if (archive.Ignored.Count > 0)
        {
            throw ElementFile.Wrong(archive.Ignored[0], "it is not a file of a workspace");
        }

        if (archive.Files.Count == 0)
        {
            throw ApiException.BadRequest("There are no files in the archive.");
        }

        var elements = new List<ElementFile>();
        var sources = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var file in archive.Files)
        {
            var path = WorkspacePath.Parse(file.Key)!;
            if (path.Source is null)
            {
                elements.Add(ElementFile.Read(path, file.Value));
                continue;
            }

            if (!sources.TryGetValue(path.Key, out var ofConnector))
            {
                sources.Add(path.Key, ofConnector = new Dictionary<string, string>(StringComparer.Ordinal));
            }

            ofConnector.Add(path.Source, Convert.ToBase64String(file.Value));
        }

        return (elements, sources);
    }

    private static T Refusing<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MembraneException error)
        {
            throw ApiException.BadRequest(error.Message);
        }
    }
}

using Membrane.Client.Json;

namespace Membrane.Client.WorkspaceFiles;

internal static class AsyncRequestReader
{
    private static readonly ModelReader<WorkspaceFieldChange> Field = new ModelReader<WorkspaceFieldChange>(static () =>
        new WorkspaceFieldChange()
    )
        .Text("field", static (field, value) => field.Field = value)
        .Any("before", static (field, value) => field.Before = value)
        .Any("after", static (field, value) => field.After = value);

    private static readonly ModelReader<WorkspaceChange> Change = new ModelReader<WorkspaceChange>(static () => new WorkspaceChange())
        .Text("change", static (change, value) => change.Change = value)
        .Text("elementType", static (change, value) => change.ElementType = value)
        .Text("key", static (change, value) => change.Key = value)
        .Text("integrationKey", static (change, value) => change.IntegrationKey = value)
        .Text("path", static (change, value) => change.Path = value)
        .Models("fields", static () => Field, static (change, value) => change.Fields = value);

    private static readonly ModelReader<AsyncRequestResult> Result = new ModelReader<AsyncRequestResult>(static () =>
        new AsyncRequestResult()
    )
        .Models("changes", static () => Change, static (result, value) => result.Changes = value)
        .Text("downloadUri", static (result, value) => result.DownloadUri = value)
        .Text("downloadUrl", static (result, value) => result.DownloadUri = value)
        .Text("url", static (result, value) => result.DownloadUri = value);

    /// <summary>Work of any kind.</summary>
    public static ModelReader<AsyncRequest> One { get; } =
        new ModelReader<AsyncRequest>(static () => new AsyncRequest())
            .Text("id", static (request, value) => request.Id = value)
            .Text("status", static (request, value) => request.Status = value)
            .Any("progress", static (request, value) => request.Progress = value)
            .Model("result", static () => Result, static (request, value) => request.Result = value)
            .Model("error", static () => ElementFields.Error, static (request, value) => request.Error = value);
}

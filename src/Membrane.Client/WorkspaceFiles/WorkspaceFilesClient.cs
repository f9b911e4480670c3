using System;
using System.Buffers;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;
using Membrane.Client.WorkspaceFiles;

namespace Membrane.Client;

/// <summary>
/// The elements of a workspace as files. A manager's token is needed. Where the service tells how its work goes and what its
/// results look like is not documented, but assumed: see docs/architecture.md.
/// </summary>
public class WorkspaceFilesClient
{
    private const string Advice = "The files of a workspace are managed by the workspace: sign in as its manager.";

    private const string Export = "The export of the workspace";
    private const string Import = "The import into the workspace";
    private const string Comparison = "The comparison of the files with the workspace";

    // The limit of a request, less what the form around the archive takes.
    private const int MaxImportBytes = (10 * 1024 * 1024) - 4096;

    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected WorkspaceFilesClient() => transport = null!;

    internal WorkspaceFilesClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Gets all elements of the workspace as files (<c>GET /export</c>).</summary>
    /// <param name="wait">How long to wait for the service to have them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneApiException">The service could not (WorkspaceTransferFailed).</exception>
    /// <exception cref="MembraneException">The archive cannot be used (MalformedResponse).</exception>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public virtual async Task<WorkspaceArchive> ExportAsync(
        WaitOptions<AsyncRequest>? wait = null,
        CancellationToken cancellationToken = default
    )
    {
        var trigger = await transport
            .SendAsync(ApiRequest.Get("export").WithSecretAnswer().WhenDenied(Advice), AsyncRequestTrigger.Reader, cancellationToken)
            .ConfigureAwait(false);
        var done = await WaitAsync(Export, trigger, wait, cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(done.Result?.DownloadUri, UriKind.RelativeOrAbsolute, out var address))
        {
            throw new MembraneException(
                ErrorIds.MalformedResponse,
                "The export of the workspace is done, but the service does not say where its files are.",
                "The form of its answer is not documented. Look for a newer version of this library."
            );
        }

        return await transport
            .SendAsync(Download(address), static response => WorkspaceArchive.FromZip(response.Body.ToArray()), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Makes the workspace what files say (<c>POST /import</c>), or says what that would change.</summary>
    /// <param name="archive">The files.</param>
    /// <param name="import">How.</param>
    /// <param name="wait">How long to wait for the service to have done it.</param>
    /// <param name="cancellationToken">Ends the wait; the import goes on.</param>
    /// <exception cref="MembraneInputException">There are no files, or too many for one request.</exception>
    /// <exception cref="MembraneApiException">The service refuses (WorkspaceTransferFailed).</exception>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public virtual async Task<AsyncRequest> ImportAsync(
        WorkspaceArchive archive,
        WorkspaceImport import,
        WaitOptions<AsyncRequest>? wait = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = await ImportRequestAsync(archive, import).ConfigureAwait(false);
        var trigger = await transport.SendAsync(request, AsyncRequestTrigger.Reader, cancellationToken).ConfigureAwait(false);
        try
        {
            var done = await WaitAsync(import.DryRun ? Comparison : Import, trigger, wait, cancellationToken).ConfigureAwait(false);
            foreach (var change in done.Result?.Changes ?? [])
            {
                change.DryRun = import.DryRun;
            }

            return done;
        }
        catch (MembraneException exception) when (!import.DryRun && !IsEnd(exception))
        {
            // The service has begun, and goes on even when no one asks for its state.
            exception.Outcome = RequestOutcome.Unknown;
            throw;
        }
    }

    private static async Task<ApiRequest> ImportRequestAsync(WorkspaceArchive archive, WorkspaceImport import)
    {
        if (archive.Files.Count == 0)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Path",
                import.DryRun
                    ? "There are no files to compare with the workspace."
                    : "There are no files to import: everything in the workspace would be archived.",
                "Export the workspace to files first."
            )
            {
                Topic = "WorkspaceFiles",
            };
        }

        RepeatedUuid.Refuse(archive);
        var zip = archive.ToZip();
        if (zip.Length > MaxImportBytes)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Path",
                $"The files make an archive of {zip.Length / (1024.0 * 1024):0.0} MB; the service takes up to 10 MB.",
                $"{(import.DryRun ? "Compare" : "Import")} the folders one after the other, each as a part."
            )
            {
                Topic = "WorkspaceSize",
            };
        }

        using var form = ImportForm(zip, import.DryRun);
        var body = await form.ReadAsByteArrayAsync().ConfigureAwait(false);
        var request = ApiRequest
            .Post("import")
            .Query("dryRun", import.DryRun)
            .Query("partial", import.Partial)
            .Query("diff", true)
            .Query("force", import.Force)
            .Content(body, form.Headers.ContentType!.ToString())
            .WithSecretAnswer()
            .WhenDenied(Advice);
        return import.DryRun ? request.Reading() : request;
    }

    private static MultipartFormDataContent ImportForm(byte[] zip, bool isDryRun)
    {
        var field = new StringContent(isDryRun ? "true" : "false");
        field.Headers.ContentType = null;
        field.Headers.ContentDisposition = FormField("dryRun");
        var file = new ByteArrayContent(zip);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        file.Headers.ContentDisposition = FormField("file");
        file.Headers.ContentDisposition.FileName = "\"workspace.zip\"";
        return new MultipartFormDataContent { field, file };
    }

    // Names are quoted, as browsers do: the framework itself leaves out the quotes.
    private static ContentDispositionHeaderValue FormField(string name) => new("form-data") { Name = $"\"{name}\"" };

    private async Task<AsyncRequest> WaitAsync(
        string what,
        AsyncRequestTrigger trigger,
        WaitOptions<AsyncRequest>? wait,
        CancellationToken cancellationToken
    )
    {
        var id = trigger.JobId is { Length: > 0 } given
            ? Selector.Check(given, "jobId")
            : throw new MembraneException(
                ErrorIds.MalformedResponse,
                $"{what} was begun, but the service does not say how to ask for it.",
                "Look for a newer version of this library."
            );
        var options = new WaitOptions<AsyncRequest>
        {
            Timeout = wait?.Timeout ?? TimeSpan.FromMinutes(5),
            Progress = wait?.Progress,
            What = what,
        };
        var state = await Waiter
            .ForStateAsync(
                token =>
                    transport.SendAsync(
                        ApiRequest.Get("async-requests", id).SecretQuery("accessKey", trigger.AccessKey).WithSecretAnswer(),
                        AsyncRequestReader.One,
                        token
                    ),
                IsOver,
                options,
                cancellationToken
            )
            .ConfigureAwait(false);
        return Is(state, "completed") ? state : throw Failure(what, state);
    }

    /// <summary>The files lie at the API itself or elsewhere; the token is for the API alone.</summary>
    private ApiRequest Download(Uri address)
    {
        var target = new Uri(transport.BaseAddress, address);
        if (!target.IsAsSafeAs(transport.BaseAddress) || target.UserInfo.Length > 0)
        {
            throw new MembraneException(
                ErrorIds.MalformedResponse,
                $"The service says that the files of the export are at "
                    + $"{target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}, which is not trusted: it must be "
                    + $"an https address without a user name.",
                "Nothing was fetched. Look at the address of the API."
            );
        }

        var isOurs = target.Scheme == transport.BaseAddress.Scheme && target.Authority == transport.BaseAddress.Authority;
        var request = ApiRequest.At(target).WithSecretAnswer().Accept(WorkspaceArchive.MaxBytes);
        return isOurs ? request : request.Anonymous();
    }

    private static bool IsOver(AsyncRequest state) => Is(state, "completed") || Is(state, "failed") || Is(state, "cancelled");

    private static bool Is(AsyncRequest state, string status) => string.Equals(state.Status, status, StringComparison.OrdinalIgnoreCase);

    // The service has said how it ended; anything else is a request for its state that failed.
    private static bool IsEnd(MembraneException exception) => exception is MembraneApiException { StatusCode: HttpStatusCode.OK };

    private MembraneApiException Failure(string what, AsyncRequest state)
    {
        // An error that is not an object is kept like any other field.
        var text = state.Error is null && state.GetUnknownFields().TryGetValue("error", out var other) ? other as string : null;
        var error = state.Error ?? new ErrorData { Message = text };
        return new MembraneApiException(
            AppAnswer.IdOf(error, ErrorIds.WorkspaceTransferFailed, transport.Objects),
            $"{what} ended with status '{state.Status}'{(error.Message is null && error.Key is null ? "." : ": " + error)}",
            what == Import
                ? "Nothing says that a part of it was done; compare the files with the workspace to see what differs."
                : "Nothing was changed. Correct what the message names, or try again.",
            HttpStatusCode.OK,
            error
        )
        {
            Topic = what == Import ? nameof(Import) : null,
        };
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Tokens;
using Membrane.Client.Transport;
using Membrane.Client.Workspaces;

namespace Membrane.Client;

/// <summary>The workspaces that a person is a member of. They take an account's token.</summary>
public class WorkspacesClient
{
    private const string Path = "org-workspaces";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected WorkspacesClient() => transport = null!;

    internal WorkspacesClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists workspaces (<c>GET /org-workspaces</c>).</summary>
    /// <param name="search">Text in the name or key.</param>
    /// <param name="orgId">Only those of an organization.</param>
    /// <param name="options">Which part of the list.</param>
    public virtual Listing<Workspace> List(string? search = null, string? orgId = null, ListingOptions? options = null) =>
        transport.List(
            () => ApiRequest.Get(Path).Query("search", search).Query("orgId", orgId).WithSecretAnswer(),
            WorkspaceReader.Page,
            options
        );

    /// <summary>Gets a workspace (<c>GET /org-workspaces/{id}</c>).</summary>
    public virtual Task<Workspace> GetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Selector.Check(id, "Id")).WithSecretAnswer(), WorkspaceReader.One, cancellationToken);

    /// <summary>Finds the workspace with a key or an id, or the only one (<c>GET /org-workspaces</c>).</summary>
    /// <exception cref="MembraneException">It does not exist (NotFound), or there are several and none was named (Ambiguous).</exception>
    public virtual async Task<Workspace> FindAsync(string? keyOrId, CancellationToken cancellationToken = default)
    {
        var seen = new List<Workspace>();
        await foreach (var workspace in List().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (keyOrId is not null && (workspace.Key == keyOrId || workspace.Id == keyOrId))
            {
                return workspace;
            }

            seen.Add(workspace);
        }

        if (keyOrId is null && seen.Count == 1)
        {
            return seen[0];
        }

        var keys =
            seen.Count == 0
                ? "none"
                : string.Join(", ", seen.Take(20).Select(static workspace => workspace.Key)) + (seen.Count > 20 ? ", …" : string.Empty);
        throw keyOrId is null && seen.Count > 1
            ? new MembraneException(ErrorIds.Ambiguous, $"The account has several workspaces: {keys}.", "Say which one.")
            {
                Topic = "Workspace",
            }
            : new MembraneException(
                ErrorIds.NotFound,
                $"The account has no workspace{(keyOrId is null ? string.Empty : $" '{keyOrId}'")}. It has: {keys}.",
                "Check the key of the workspace, and that the account is a member of it."
            )
            {
                Topic = "Workspace",
            };
    }

    /// <summary>Has a token made for a workspace (<c>POST /org-workspaces/{id}/access-token</c>).</summary>
    /// <param name="id">The id of the workspace.</param>
    /// <param name="choice">On whose behalf the token speaks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="MembraneInputException">Nothing says on whose behalf.</exception>
    public virtual async Task<string> CreateTokenAsync(string id, WorkspaceChoice choice, CancellationToken cancellationToken = default)
    {
        choice.Validate();

        // Making a token twice does no harm: the first one is forgotten.
        var request = ApiRequest
            .Post(Path, Selector.Check(id, "Id"), "access-token")
            .Repeatable()
            .WithSecretAnswer()
            .Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteFlag("isAdmin", choice.IsManager ? true : null);
                writer.WriteText("tenantKey", choice.TenantKey);
                writer.WriteText("name", choice.TenantName);
                writer.WriteValue("fields", choice.Fields, transport.Objects, nameof(choice.Fields));
                writer.WriteEndObject();
            });
        var answer = await transport.SendAsync(request, WorkspaceTokenAnswer.Reader, cancellationToken).ConfigureAwait(false);
        return TokenText.Check(answer.Token, "token");
    }
}

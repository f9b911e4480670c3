using Membrane.Client.Json;

namespace Membrane.Client.Workspaces;

/// <summary>The answer of <c>POST /org-workspaces/{id}/access-token</c> as it is sent.</summary>
internal sealed class WorkspaceTokenAnswer : MembraneModel
{
    public static ModelReader<WorkspaceTokenAnswer> Reader { get; } =
        new ModelReader<WorkspaceTokenAnswer>(static () => new WorkspaceTokenAnswer()).Text(
            "token",
            static (answer, value) => answer.Token = value
        );

    public string? Token { get; private set; }
}

using System.Text.Json.Nodes;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Workspaces;

/// <summary>The emulator's own fields of workspaces.</summary>
internal static class WorkspaceFields
{
    private const string RotatedSecretName = "_secret";

    extension(StoredElement workspace)
    {
        /// <summary>Gets the secret in force since it was rotated; null as long as it is the first.</summary>
        public string? RotatedSecret => workspace.Text(RotatedSecretName);
    }

    extension(JsonObject workspace)
    {
        /// <summary>Sets the secret in force.</summary>
        public string RotatedSecret
        {
            set => workspace[RotatedSecretName] = value;
        }

        /// <summary>Takes the secret out of what is shown.</summary>
        public void RemoveRotatedSecret() => workspace.Remove(RotatedSecretName);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>The emulator's own fields of elements of several kinds.</summary>
internal static class StoredElementFields
{
    private const string OwnerIdName = "_tenantId";
    private const string CredentialsName = "_credentials";

    extension(JsonElement body)
    {
        /// <summary>Gets the tenant that alone may see an element whose public fields name none.</summary>
        public string? OwnerId => body.Text(OwnerIdName);

        /// <summary>Gets the credentials of a connection or of a tenant, which are shown only on request.</summary>
        public JsonElement? Credentials => body.Member(CredentialsName);
    }

    extension(JsonObject body)
    {
        /// <inheritdoc cref="extension(JsonElement).OwnerId"/>
        public string? OwnerId
        {
            get => (string?)body[OwnerIdName];
            set => body[OwnerIdName] = value;
        }

        /// <inheritdoc cref="extension(JsonElement).Credentials"/>
        public JsonNode? Credentials
        {
            get => body[CredentialsName];
            set => body[CredentialsName] = value;
        }

        /// <summary>Erases the credentials.</summary>
        public void RemoveCredentials() => body.Remove(CredentialsName);
    }
}

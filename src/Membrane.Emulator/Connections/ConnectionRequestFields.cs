using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>The fields of connection requests: their status, and the emulator's own.</summary>
internal static class ConnectionRequestFields
{
    private const string StatusName = "status";
    private const string FingerprintName = "_wish";
    private const string MessageIdName = "_messageId";
    private const string InputName = "_input";
    private const string ThemeName = "_theme";

    extension(StoredElement request)
    {
        /// <summary>Gets what has become of it: one of <see cref="ConnectionRequestStatus"/>.</summary>
        public string? RequestStatus => request.Text(StatusName);

        /// <summary>Gets what identifies the page's address, so that opening it twice makes one request.</summary>
        public string? Fingerprint => request.Text(FingerprintName);

        /// <summary>Gets the id under which the vendor's SDK waits for the outcome.</summary>
        public string? MessageId => request.Text(MessageIdName);

        /// <summary>Gets what the app asks for, where the caller gave it.</summary>
        public JsonElement? Input => request.Body.Member(InputName);

        /// <summary>Gets the theme of the page.</summary>
        public string? Theme => request.Text(ThemeName);
    }

    extension(JsonObject request)
    {
        /// <summary>Sets what has become of it: one of <see cref="ConnectionRequestStatus"/>.</summary>
        public string RequestStatus
        {
            set => request[StatusName] = value;
        }

        /// <summary>Gets or sets what identifies the page's address.</summary>
        public string? Fingerprint
        {
            get => (string?)request[FingerprintName];
            set => request[FingerprintName] = value;
        }

        /// <summary>Sets the id under which the vendor's SDK waits for the outcome.</summary>
        public string MessageId
        {
            set => request[MessageIdName] = value;
        }

        /// <summary>Sets what the app asks for, which may be a secret and is not shown.</summary>
        public JsonNode Input
        {
            set => request[InputName] = value;
        }

        /// <summary>Sets the theme of the page.</summary>
        public string Theme
        {
            set => request[ThemeName] = value;
        }
    }
}

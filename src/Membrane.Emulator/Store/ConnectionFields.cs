using System.Text.Json.Nodes;

namespace Membrane.Emulator.Store;

/// <summary>The emulator's own fields of connections.</summary>
internal static class ConnectionFields
{
    private const string OpenRequestIdName = "_requestId";
    private const string RequestedHostName = "_host";

    extension(StoredElement connection)
    {
        /// <summary>Gets the connection request that waits for the user.</summary>
        public string? OpenRequestId => connection.Text(OpenRequestIdName);

        /// <summary>Gets the host for which an agent builds the connection.</summary>
        public string? RequestedHost => connection.Text(RequestedHostName);
    }

    extension(JsonObject connection)
    {
        /// <summary>Sets the connection request that waits for the user.</summary>
        public string OpenRequestId
        {
            set => connection[OpenRequestIdName] = value;
        }

        /// <summary>Sets the host for which an agent builds the connection.</summary>
        public string RequestedHost
        {
            set => connection[RequestedHostName] = value;
        }

        /// <summary>Forgets the connection request: the user has answered it.</summary>
        public void RemoveOpenRequestId() => connection.Remove(OpenRequestIdName);
    }
}

using System.Text.Json.Nodes;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.OAuth;

/// <summary>The emulator's own fields of grants.</summary>
internal static class GrantFields
{
    private const string RefreshHashName = "_refresh";

    extension(StoredElement grant)
    {
        /// <summary>Gets the hash of the refresh token that is good now.</summary>
        public string RefreshHash => grant.Text(RefreshHashName)!;
    }

    extension(JsonObject grant)
    {
        /// <summary>Sets the hash of the refresh token that is good now.</summary>
        public string RefreshHash
        {
            set => grant[RefreshHashName] = value;
        }
    }
}

namespace Membrane.Emulator.Store;

/// <summary>The states of connections and of elements that an agent can build, as the API names them.</summary>
internal static class ElementState
{
    public const string Ready = "READY";
    public const string Building = "BUILDING";
    public const string ClientActionRequired = "CLIENT_ACTION_REQUIRED";
    public const string SetupFailed = "SETUP_FAILED";
    public const string ConfigurationError = "CONFIGURATION_ERROR";
    public const string Disconnecting = "DISCONNECTING";
}

namespace Membrane.Emulator.Connections;

/// <summary>What has become of a connection request, as the API names it.</summary>
internal static class ConnectionRequestStatus
{
    public const string Pending = "pending";
    public const string Success = "success";
    public const string Error = "error";
    public const string Cancelled = "cancelled";
}

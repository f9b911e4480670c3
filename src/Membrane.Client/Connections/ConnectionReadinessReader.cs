using System;

namespace Membrane.Client.Connections;

/// <summary>Reads what a connection is good for.</summary>
internal static class ConnectionReadinessReader
{
    /// <summary>What the connection is good for.</summary>
    public static ConnectionReadiness GetReadiness(this Connection connection)
    {
        if (connection.IsDefunct == true || connection.ArchivedAt is not null)
        {
            return ConnectionReadiness.Unusable;
        }

        return connection.State?.ToUpperInvariant() switch
        {
            "BUILDING" or "SETUP_IN_PROGRESS" => ConnectionReadiness.Building,
            "CLIENT_ACTION_REQUIRED" or "NOT_CONFIGURED" => ConnectionReadiness.NeedsAction,
            "CONFIGURATION_ERROR" or "SETUP_FAILED" or "DISCONNECTING" => ConnectionReadiness.Unusable,
            _ => connection.Connected == false ? ConnectionReadiness.NeedsAction : ConnectionReadiness.Ready,
        };
    }

    /// <summary>What has to be done for a connection in a sentence or two; null where nothing has.</summary>
    public static string? DescribeAction(this Connection connection)
    {
        if (connection.GetReadiness() != ConnectionReadiness.NeedsAction)
        {
            return null;
        }

        var action = connection.ClientAction;
        var what =
            action?.Description is { Length: > 0 } description ? description.TrimEnd('.', ' ') + "."
            : string.Equals(action?.Type, "provide-input", StringComparison.OrdinalIgnoreCase) ? "It needs input."
            : "It needs someone to sign in to the app.";
        return action?.UiUrl is { Length: > 0 } address ? $"{what} The page is {address}" : what;
    }

    /// <summary>Why a connection is not usable, in words.</summary>
    public static string DescribeTrouble(this Connection connection)
    {
        var reason = connection.Errors is { Count: > 0 } errors ? errors[0] : (object?)connection.Error ?? connection.RequestError;
        var state =
            connection.IsDefunct == true ? "is defunct"
            : connection.ArchivedAt is not null ? "is archived"
            : $"is in state {connection.State}";
        return $"The connection {connection.Name} ({connection.Id}) {state}{(reason is null ? "." : ": " + reason)}";
    }
}

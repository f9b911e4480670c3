using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.Tools;

/// <summary>The target of a tool: an action, and the connection that it runs on.</summary>
internal sealed class ToolTarget
{
    private const int BytesOfMark = 8;

    /// <param name="action">The action.</param>
    /// <param name="connectionId">The connection; null where the service chooses.</param>
    /// <param name="connectionName">What people call the connection.</param>
    /// <param name="app">The word for the app, or null.</param>
    /// <exception cref="MembraneInputException">The action has neither id nor key.</exception>
    public ToolTarget(MembraneAction action, string? connectionId, string? connectionName = null, string? app = null)
    {
        Action = action;
        ActionId =
            NonEmpty(action.Id)
            ?? NonEmpty(action.Key)
            ?? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Action",
                "An action without an id and a key cannot be run.",
                "Pass actions that the service has shown."
            );
        ConnectionId = connectionId;
        ConnectionName = connectionName;
        Stem = ToolNames.Sanitize(
            Join(NonEmpty(app) ?? NonEmpty(action.IntegrationKey), NonEmpty(action.Key) ?? NonEmpty(action.Name) ?? ActionId)
        );
        Mark = MakeMark(ActionId, connectionId);
    }

    public MembraneAction Action { get; }

    public string ActionId { get; }

    public string? ConnectionId { get; }

    public string? ConnectionName { get; }

    /// <summary>The name of the app and of what the action does; not necessarily unique.</summary>
    public string Stem { get; }

    /// <summary>The identity of this action on this connection: 16 hexadecimal digits.</summary>
    public string Mark { get; }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Join(string? app, string action) => app is null ? action : app + "_" + action;

    private static string MakeMark(string actionId, string? connectionId)
    {
        using var hash = SHA256.Create();
#pragma warning disable CA1850 // The static method is not part of netstandard2.0.
        var digest = hash.ComputeHash(Encoding.UTF8.GetBytes(actionId + "\n" + connectionId));
#pragma warning restore CA1850
        var mark = new StringBuilder(BytesOfMark * 2);
        for (var index = 0; index < BytesOfMark; index++)
        {
            mark.Append(digest[index].ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return mark.ToString();
    }
}

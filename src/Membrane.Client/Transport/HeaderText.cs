using System.Linq;

namespace Membrane.Client.Transport;

/// <summary>Values of headers.</summary>
internal static class HeaderText
{
    /// <summary>Whether a value stays one value on the wire: printable ASCII, without line breaks.</summary>
    public static bool IsValid(string value) => value.All(static c => c is (>= ' ' and <= '~') or '\t');
}

using System;
using System.Linq;

namespace Membrane.PowerShell.Finding;

/// <summary>Paths of the API, as people write them: with a host, with ids, with <c>{id}</c>, <c>:id</c> or <c>&lt;id&gt;</c>.</summary>
internal static class ApiPath
{
    /// <summary>Returns whether what was written means the path of the contract.</summary>
    public static bool Means(string written, string path)
    {
        if (written.Contains('*'))
        {
            return CommandHelp.Matches("/" + Bare(written), path);
        }

        var given = Bare(written).Split('/');
        var parts = path.Trim('/').Split('/');
        return given.Length == parts.Length
            && parts
                .Zip(given, static (part, text) => IsParameter(part) || string.Equals(part, text, StringComparison.OrdinalIgnoreCase))
                .All(static same => same);
    }

    /// <summary>Returns whether two paths differ only in the names of their parameters.</summary>
    public static bool AreSame(string path, string other) => Plain(path) == Plain(other);

    /// <summary>Returns how many parts are written as the contract has them: the more, the better what was written fits.</summary>
    public static int CountExact(string written, string path) =>
        path.Trim('/')
            .Split('/')
            .Zip(Bare(written).Split('/'), static (part, text) => string.Equals(part, text, StringComparison.OrdinalIgnoreCase))
            .Count(static same => same);

    private static string Bare(string written)
    {
        var text = written.Trim();
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            text = Uri.UnescapeDataString(address.AbsolutePath);
        }

        return text.Split('?', '#')[0].Trim('/');
    }

    private static string Plain(string path) =>
        string.Join("/", path.Trim('/').Split('/').Select(static part => IsParameter(part) ? "{}" : part.ToLowerInvariant()));

    private static bool IsParameter(string part) => part.Length > 0 && part[0] == '{';
}

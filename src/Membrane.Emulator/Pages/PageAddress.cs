using System;
using System.Linq;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Pages;

/// <summary>What a page is asked for by its address, in every form that the vendor's SDK and documents have.</summary>
internal sealed class PageAddress
{
    private static readonly string[] Mounts = { "embed", "isolated-embed", "popup-embed" };

    private PageAddress(PageKind kind, string? selector = null)
    {
        Kind = kind;
        Selector = selector;
    }

    public PageKind Kind { get; }

    /// <summary>The integration or connection that the path names.</summary>
    public string? Selector { get; }

    /// <summary>Whether a program opens it, which may give all that is to be asked.</summary>
    public bool IsForProgram { get; private init; }

    /// <summary>Reads a path; null when it belongs to no page.</summary>
    public static PageAddress? Read(IncomingRequest request)
    {
        var path = request.RawPath.Trim('/').Split('/').Select(segment => UrlEncoding.Decode(segment)).ToArray();
        var first = path[0];
        if (first == "connect" && path.Length == 1)
        {
            return IsForm(request) || request.Method == "GET" ? new PageAddress(PageKind.Connect) { IsForProgram = true } : null;
        }

        if (first == "screens")
        {
            return Screen(path);
        }

        return Mounts.Contains(first) ? Embedded(path) : null;
    }

    /// <summary>Reads the path of a screen; the API's own list of screens under this path is left to the API.</summary>
    private static PageAddress? Screen(string[] path) =>
        path.Length switch
        {
            2 => path[1] switch
            {
                "connections" => new PageAddress(PageKind.Request),
                "connect" => new PageAddress(PageKind.Connect),
                "connection" => new PageAddress(PageKind.Connection),
                "agent-session" => new PageAddress(PageKind.NotBuilt),
                _ => null,
            },
            4 when path[1] == "integrations" && path[3] == "connect" => new PageAddress(PageKind.Connect, path[2]),
            _ => null,
        };

    private static PageAddress Embedded(string[] path)
    {
        var kind = path.Length > 1 ? path[1] : "";
        var rest = string.Join("/", path.Skip(3));
        return kind switch
        {
            "main" when path.Length == 2 => new PageAddress(PageKind.Connect),
            "integrations" when path.Length > 2 && rest is "" or "connect" => new PageAddress(PageKind.Connect, path[2]),
            "connections" when path.Length > 2 && rest == "refresh" => new PageAddress(PageKind.Reconnect, path[2]),
            _ => new PageAddress(PageKind.NotBuilt),
        };
    }

    private static bool IsForm(IncomingRequest request) =>
        request.Method == "POST"
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
}

using System;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.Mcp.Http;

/// <summary>
/// Who may come in: a program that knows the token. A page in a browser may reach this machine, too, also under a name of its own that
/// it has point here; so the names that a request gives for both ends have to be of this machine.
/// </summary>
/// <param name="token">The token.</param>
internal sealed class McpHttpGate(string token)
{
    private const string Scheme = "Bearer ";
    private const string QueryName = "token";

    /// <summary>Refuses a request.</summary>
    /// <returns>Whether it was refused.</returns>
    public bool Refuses(McpHttpExchange exchange)
    {
        var request = exchange.Request;
        if (!IsOfThisMachine("http://" + request.Headers["Host"]))
        {
            exchange.Refuse(403, "The Host of the request is not this machine.");
        }
        else if (request.Headers["Origin"] is { Length: > 0 } origin && !IsOfThisMachine(origin))
        {
            exchange.Refuse(403, "A page of another origin may not call this.");
        }
        else if (request.Url?.AbsolutePath != McpHttpServer.Path)
        {
            exchange.Refuse(404, $"There is nothing at this path; the server is at {McpHttpServer.Path}.");
        }
        else if (!HasToken(request))
        {
            exchange.Response.Headers["WWW-Authenticate"] = "Bearer";
            exchange.Refuse(
                401,
                $"The token is missing or wrong: send the header 'Authorization: {Scheme}TOKEN', or '?{QueryName}=TOKEN' in the address."
            );
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool HasToken(HttpListenerRequest request)
    {
        var header = request.Headers["Authorization"];
        var given =
            header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? header.Substring(Scheme.Length).Trim()
                : request.QueryString[QueryName];
        return given is not null && IsSame(given, token);
    }

    // As long for a token that begins right as for any other.
    private static bool IsSame(string given, string expected)
    {
        using var hash = SHA256.Create();
#pragma warning disable CA1850 // The static method is not part of netstandard2.0.
        var one = hash.ComputeHash(Encoding.UTF8.GetBytes(given));
        var other = hash.ComputeHash(Encoding.UTF8.GetBytes(expected));
#pragma warning restore CA1850
        var difference = 0;
        for (var index = 0; index < one.Length; index++)
        {
            difference |= one[index] ^ other[index];
        }

        return difference == 0;
    }

    private static bool IsOfThisMachine(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}

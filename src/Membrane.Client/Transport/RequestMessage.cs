using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Membrane.Client.Transport;

/// <summary>Requests as the framework sends them.</summary>
internal static class RequestMessage
{
    /// <summary>Makes the message of a request: its headers, its token and its body.</summary>
    public static HttpRequestMessage Create(ApiRequest request, string token, MembraneClientOptions options)
    {
        var message = new HttpRequestMessage(request.Method, request.Target);
        if (!request.IsAnonymous)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        AddUnlessGiven(message, request, "Accept", "application/json, text/plain, */*");
        AddUnlessGiven(message, request, "User-Agent", options.UserAgent);
        if (options.ApiVersion is not null)
        {
            AddUnlessGiven(message, request, "membrane-api-version", options.ApiVersion);
        }

        foreach (var header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.HasEffect || request.Body is not null)
        {
            // Also where there is nothing to send: the framework itself sends a request without content again.
            message.Content = new ByteArrayContent(request.Body ?? []);
        }

        if (request.Body is not null)
        {
            message.Content!.Headers.TryAddWithoutValidation("Content-Type", request.BodyType);
        }

        return message;
    }

    private static void AddUnlessGiven(HttpRequestMessage message, ApiRequest request, string name, string value)
    {
        if (!request.Headers.Any(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}

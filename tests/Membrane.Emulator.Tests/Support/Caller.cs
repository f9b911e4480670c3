using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Membrane.Emulator.Tests.Support;

/// <summary>Somebody who calls the emulator over HTTP.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient client;

    public Caller(Uri baseUri, string? token)
    {
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = baseUri,
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Answer> Put(string path, object? body = null) => Send(HttpMethod.Put, path, body);

    public Task<Answer> Patch(string path, object? body = null) => Send(HttpMethod.Patch, path, body);

    /// <summary>Posts a form as a browser does.</summary>
    public Task<Answer> Submit(string address, params (string Name, string Value)[] fields)
    {
        var form = new List<KeyValuePair<string, string>>();
        foreach ((var name, var value) in fields)
        {
            form.Add(new KeyValuePair<string, string>(name, value));
        }

        return Send(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) });
    }

    public Task<Answer> Send(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => client.Dispose();
}

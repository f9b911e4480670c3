// The floor: a bare HttpClient with System.Text.Json, and the bare JWT library. Prints milliseconds and milliseconds of the processor, one line a round.
//   Bare list|runs|slow|mint ADDRESS ROUNDS TURN
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.IdentityModel.Tokens;

using var http = new HttpClient { BaseAddress = new Uri(args[1]) };
http.DefaultRequestHeaders.Add("Authorization", "Bearer token");
var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
Func<Task> work = args[0] switch
{
    "list" => ListAsync,
    "runs" or "calls" => RunsAsync,
    "slow" => SlowAsync,
    "mint" => Mint,
    _ => throw new ArgumentException(args[0]),
};
var rounds = int.Parse(args[2], CultureInfo.InvariantCulture);
for (var round = 0; round < rounds; round++)
{
    while (!File.Exists(args[3] + round.ToString(CultureInfo.InvariantCulture)))
    {
        await Task.Delay(10);
    }

    var used = Process.GetCurrentProcess().TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    await work();
    watch.Stop();
    var more = Process.GetCurrentProcess().TotalProcessorTime - used;
    Console.Out.WriteLine(
        string.Format(CultureInfo.InvariantCulture, "{0:0.0} {1:0.0}", watch.Elapsed.TotalMilliseconds, more.TotalMilliseconds)
    );
}

async Task ListAsync()
{
    string? cursor = null;
    var count = 0;
    do
    {
        var page = (
            await http.GetFromJsonAsync<ConnectionPage>("connections?limit=1000" + (cursor is null ? "" : "&cursor=" + cursor), options)
        )!;
        count += page.Items.Count;
        cursor = page.Cursor;
    } while (cursor is not null);
    if (count != 100_000)
    {
        throw new InvalidOperationException($"{count} connections");
    }
}

async Task RunsAsync()
{
    for (var run = 0; run < 2000; run++)
    {
        await RunAsync("actions/act_1/run?connectionId=con_1");
    }
}

Task SlowAsync() =>
    Parallel.ForEachAsync(
        Enumerable.Range(0, 2000),
        new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (_, _) => await RunAsync("slow/actions/act_1/run?connectionId=con_1")
    );

async Task RunAsync(string path)
{
    using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { input = new { email = "ada@example.com" } }, options));
    body.Headers.ContentType = new("application/json");
    using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
    _ = await answer.Content.ReadFromJsonAsync<JsonElement>(options);
}

Task Mint()
{
    var credentials = new SigningCredentials(
        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('s', 64))),
        SecurityAlgorithms.HmacSha256
    );
    var handler = new JwtSecurityTokenHandler();
    for (var number = 0; number < 10_000; number++)
    {
        var payload = new JwtPayload
        {
            { "id", "tenant-" + number.ToString(CultureInfo.InvariantCulture) },
            { "iat", 1 },
            { "exp", 4102444800L },
            { "iss", "acme" },
        };
        _ = handler.WriteToken(new JwtSecurityToken(new JwtHeader(credentials), payload));
    }

    return Task.CompletedTask;
}

internal sealed record ConnectionPage(List<BareConnection> Items, string? Cursor);

internal sealed record BareConnection(
    string Id,
    string Name,
    string UserId,
    string TenantId,
    string Key,
    bool Connected,
    bool Disconnected,
    string State,
    string IntegrationId,
    string ConnectorId,
    bool IsTest,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset LastActiveAt
);

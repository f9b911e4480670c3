using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Control;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Pages;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Dashboard;

/// <summary>
/// The page at the emulator's address, and what it reads. It is for a person at this emulator: no page of another origin gets any of it, and
/// its address holds no secret.
/// </summary>
internal sealed class DashboardRoutes(
    RequestLog log,
    ControlOperations control,
    WorkspaceOverview overview,
    RecordPages records,
    EmulatorClock clock
)
{
    private const string Prefix = ControlOperations.Prefix + "dashboard";
    private const string RequestPrefix = ControlOperations.Prefix + "requests/";
    private const int MostRequests = 500;

    // Tells a page that the emulator was started again: numbers and revisions begin again.
    private readonly string instance = Guid.NewGuid().ToString("N");

    /// <summary>Returns whether the request is a browser's for the page; programs get what the API answers.</summary>
    public static bool IsPage(IncomingRequest request) =>
        request.Method is "GET" or "HEAD" && request.RawPath == "/" && MediaRange.WantsHtml(request.Headers["Accept"]);

    /// <summary>Answers the request; null when the path is not one of these.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        if (IsPage(request))
        {
            return request.HasSafeHost ? DashboardAssets.Page : PageLayout.Problem("Not by this name", UnsafeHost().Message, 403);
        }

        if (request.Method is not ("GET" or "HEAD") || Read(request) is not { } reply)
        {
            return null;
        }

        request.CheckOwnPage();
        return request.HasSafeHost ? reply() : throw UnsafeHost();
    }

    private Func<Reply>? Read(IncomingRequest request)
    {
        var path = request.RawPath;
        if (path == Prefix)
        {
            return () => Private(Reply.Json(News(QueryValues.Parse(request.RawQuery))));
        }

        if (path == Prefix + "/records")
        {
            return () => Private(Reply.Json(records.Read(QueryValues.Parse(request.RawQuery))));
        }

        if (path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return DashboardAssets.Find(path.Substring(Prefix.Length + 1)) is { } asset ? () => asset : null;
        }

        return path.StartsWith(RequestPrefix, StringComparison.Ordinal)
            ? () => Private(Reply.Json(Request(path.Substring(RequestPrefix.Length))))
            : null;
    }

    /// <summary>Returns what is new since the page asked last.</summary>
    private JsonObject News(QueryValues query)
    {
        var isSame = query.Text("instance") == instance;
        var version = overview.Version;
        var changes = log.ChangesAfter(
            isSame ? Number(query, "after", 0, long.MaxValue) : 0,
            (int)Number(query, "limit", MostRequests, MostRequests)
        );
        var news = new JsonObject
        {
            ["instance"] = instance,
            ["now"] = EmulatorJson.Time(clock.Now),
            ["offsetSeconds"] = clock.Offset.TotalSeconds,
            ["requests"] = new JsonObject
            {
                ["revision"] = changes.Revision,
                ["arrived"] = changes.Arrived,
                ["first"] = changes.First,
                ["items"] = new JsonArray([.. changes.Entries.Select(static entry => (JsonNode)RequestSummary.Of(entry))]),
            },
            ["faults"] = control.ShowFaults(),
        };
        if (!isSame || query.Text("version") != version)
        {
            news["workspace"] = overview.Show();
            news["version"] = version;
        }

        return news;
    }

    private JsonObject Request(string number)
    {
        var entry = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? log.Find(found) : null;
        return entry is null
            ? throw ApiException.NotFound("The log has no such request, or has it no longer.")
            : RequestSummary.WithDetails(entry);
    }

    private static long Number(QueryValues query, string name, long usual, long most) =>
        long.TryParse(query.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, most) : usual;

    private static Reply Private(Reply reply) => DashboardAssets.Protect(reply);

    private static ApiException UnsafeHost() =>
        ApiException.AccessDenied(
            "The dashboard is shown by the address of the machine, such as http://192.168.0.7:8080, or as localhost: a page of someone "
                + "else could have any other name."
        );
}

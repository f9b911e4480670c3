using System;
using System.Text;
using Membrane.Emulator.Control;
using Membrane.Emulator.Dashboard;
using Membrane.Emulator.Events;
using Membrane.Emulator.Http;
using Membrane.Emulator.OAuth;
using Membrane.Emulator.Pages;
using Membrane.Emulator.WorkspaceFiles;

namespace Membrane.Emulator.Server;

/// <summary>What is served without the API's token: dashboard and control of the emulator, pages for people, pictures, events of the customer's app, jobs.</summary>
internal sealed class AnonymousRoutes(
    DashboardRoutes dashboard,
    ControlOperations control,
    ConnectionPages connections,
    OAuthRoutes oauth,
    AppEventLog events,
    AsyncJobs jobs
)
{
    /// <summary>Answers the request; null when the path is not one of these.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        if (dashboard.Handle(request) is { } shown)
        {
            return shown;
        }

        var path = request.RawPath;
        if (path.StartsWith(ControlOperations.Prefix, StringComparison.Ordinal))
        {
            return control.Handle(request);
        }

        if (oauth.Handle(request) is { } answer)
        {
            return answer;
        }

        if (connections.Handle(request) is { } page)
        {
            return page;
        }

        if (events.Handle(request) is { } received)
        {
            return received;
        }

        if (jobs.Handle(request) is { } job)
        {
            return job;
        }

        if (
            request.Method == "GET"
            && path.StartsWith("/logos/", StringComparison.Ordinal)
            && path.EndsWith(".svg", StringComparison.Ordinal)
        )
        {
            var key = UrlEncoding.Decode(path.Substring(7, path.Length - 11));
            return Reply.Bytes(Encoding.UTF8.GetBytes(Logo.Draw(key)), "image/svg+xml").With("Cache-Control", "max-age=86400");
        }

        return null;
    }
}

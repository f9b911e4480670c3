using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>A connection request as a page: the question while it is open, the result afterwards.</summary>
internal sealed class RequestPage(WorkspaceStore store, ElementView view, ConnectionService connecting)
{
    private static readonly PageTemplate OpenPage = PageTemplate.Read("RequestPage.html");
    private static readonly PageTemplate EndedPage = PageTemplate.Read("EndedRequestPage.html");
    private static readonly IReadOnlyDictionary<string, string> NoProblems = new Dictionary<string, string>();

    private readonly ConnectionOutcome outcome = new(store, view);

    public static string PathOf(string requestId) => "/screens/connections?connectionRequestId=" + Uri.EscapeDataString(requestId);

    /// <summary>Returns what the app wants to have typed in; null when it asks on a page of its own, as OAuth apps do.</summary>
    public CredentialFields? FieldsOf(StoredElement request) =>
        OptionOf(request)?.InputSchema is { } schema ? new CredentialFields(schema) : null;

    /// <summary>Returns the way to connect that was asked for, else the first one; null if what was asked for is not there.</summary>
    public AuthOption? OptionOf(StoredElement request)
    {
        var options = AuthOption.Of(new ConnectionTarget(Connector(request), Integration(request), Connection(request)));
        return request.Text("authOptionKey") is { } key ? options.FirstOrDefault(option => option.Key == key) : options[0];
    }

    public Reply Show(StoredElement request)
    {
        var app = App(request);
        return request.RequestStatus switch
        {
            ConnectionRequestStatus.Success => Ended(request, $"{app} is connected"),
            ConnectionRequestStatus.Error => Ended(request, $"{app} was not connected"),
            ConnectionRequestStatus.Cancelled => Ended(request, "Nothing was connected"),
            _ => Ask(request, null, NoProblems),
        };
    }

    /// <summary>Asks the question, again if the answer to it was not valid.</summary>
    public Reply Ask(StoredElement request, QueryValues? form, IReadOnlyDictionary<string, string> problems)
    {
        var app = App(request);
        StoredElement? old;
        try
        {
            old = connecting.WouldReuse(request);
        }
        catch (ApiException error)
        {
            return PageLayout.Problem($"{app} cannot be connected", error.Message, 410, LogoOf(request), request.Theme);
        }

        var title = old is null ? $"Connect {app}" : $"Connect {app} again";
        problems.TryGetValue("", out var problem);
        var content = OpenPage.Fill(
            new PageValues
            {
                { "Title", title },
                { "Logo", LogoOf(request) },
                { "Tenant", store.Find(Collections.Customers, request.TenantId)?.Name ?? "this tenant" },
                { "App", app },
                { "Access", AccessSummary.Of(Actions(request), app).Select(line => new PageValues { { "Line", line } }) },
                { "ReusedConnection", old?.Name },
                { "Problem", problem },
                { "Path", PathOf(request.Id) },
                { "CredentialFields", FieldsOf(request)?.Render(form, problems) },
            }
        );
        return PageLayout.Answer(title, content, problems.Count > 0 ? 400 : 200, request.Theme);
    }

    private Reply Ended(StoredElement request, string title)
    {
        var status = request.RequestStatus;
        var content = EndedPage.Fill(
            new PageValues
            {
                { "Title", title },
                { "Logo", LogoOf(request) },
                { "IsSuccess", status == ConnectionRequestStatus.Success },
                { "Error", status == ConnectionRequestStatus.Error ? ConnectionOutcome.Reason(request) : null },
                { "IsCancelled", status == ConnectionRequestStatus.Cancelled },
                { "CloseText", "Done" },
                { "Outcome", Html.Data(outcome.Of(request, request.MessageId)) },
            }
        );
        return PageLayout.Answer(title, content, 200, request.Theme);
    }

    private StoredElement? Connector(StoredElement request) =>
        store.Find(Collections.Connectors, request.ConnectorId ?? Connection(request)?.ConnectorId);

    private StoredElement? Connection(StoredElement request) => store.Find(Collections.Connections, request.ConnectionId);

    private StoredElement? Integration(StoredElement request) =>
        store.Find(Collections.Integrations, request.IntegrationId ?? Connection(request)?.IntegrationId);

    private string App(StoredElement request) =>
        Integration(request)?.Name ?? Connector(request)?.Name ?? Connection(request)?.Name ?? "the app";

    private string? LogoOf(StoredElement request) => Connector(request)?.Text("logoUri");

    private StoredElement[] Actions(StoredElement request) =>
        Integration(request) is { } integration
            ? store.All(
                Collections.Actions,
                action => action.IntegrationId == integration.Id && action.ConnectionId is null && !action.IsArchived
            )
            : Array.Empty<StoredElement>();
}

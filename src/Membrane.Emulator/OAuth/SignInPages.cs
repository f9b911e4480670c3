using System;
using System.Linq;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Pages;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspaces;

namespace Membrane.Emulator.OAuth;

/// <summary>The pages of signing in: who is it, which workspace and tenant, and the code for those without a browser at hand.</summary>
internal sealed class SignInPages(
    WorkspaceStore store,
    OAuthGrants grants,
    WorkspaceSettings settings,
    string workspaceKey,
    OAuthClients clients,
    OpenSignIns open
)
{
    public const string Path = "/oauth/authorize";
    public const string CodePath = "/oauth/code";

    private static readonly PageTemplate EmailPage = PageTemplate.Read("EmailPage.html");
    private static readonly PageTemplate TenantPage = PageTemplate.Read("TenantPage.html");
    private static readonly PageTemplate CodePage = PageTemplate.Read("CodePage.html");
    private static readonly PageTemplate NoCodePage = PageTemplate.Read("NoCodePage.html");
    private static readonly PageTemplate NotSignedInPage = PageTemplate.Read("NotSignedInPage.html");

    private const string ExampleEmail = "developer@example.com";

    public Reply Show(QueryValues query) =>
        Guard(
            query,
            request =>
            {
                open.Add(request, PathOf(query));
                return AskForEmail(request, query, null, null);
            }
        );

    /// <summary>Takes what the person entered, step by step or all at once.</summary>
    public Reply Answer(QueryValues query, QueryValues form) =>
        Guard(
            query,
            request =>
            {
                if (form.Text("decision") == "refuse")
                {
                    open.Remove(request);
                    return Reply.Redirect(request.Back(("error", "access_denied"), ("error_description", "The person refused.")));
                }

                var email = form.Text("email")?.Trim() ?? "";
                if (email.Length > 200 || email.IndexOf('@') < 1 || email.EndsWith("@", StringComparison.Ordinal))
                {
                    return AskForEmail(request, query, email, "Enter an e-mail address, for example " + ExampleEmail + ".");
                }

                if (form.Text("decision") != "allow")
                {
                    return AskForChoice(request, query, email, null, null);
                }

                if (form.Text("workspaceKey") is { } chosen && chosen != workspaceKey)
                {
                    return AskForChoice(request, query, email, form.Text("tenantKey"), "Choose a workspace of the list.");
                }

                var tenantKey = form.Text("tenantKey")?.Trim();
                if (string.IsNullOrEmpty(tenantKey) && !request.WantsAccount)
                {
                    return AskForChoice(request, query, email, null, "Enter the key of a tenant.");
                }

                if (tenantKey?.Length > 200)
                {
                    return AskForChoice(request, query, email, null, "The key of a tenant has at most 200 characters.");
                }

                var consent = new Consent(request.ClientId, request.Scope, email, string.IsNullOrEmpty(tenantKey) ? null : tenantKey);
                open.Remove(request);
                return Reply.Redirect(request.Back(("code", grants.IssueCode(consent, request.RedirectUri, request.Challenge))));
            }
        );

    /// <summary>Shows the code to a person who takes it to a program elsewhere.</summary>
    public static Reply ShowCode(QueryValues query)
    {
        if (query.Text("error") is { } error)
        {
            return NotSignedIn("Not signed in", query.Text("error_description") ?? error, 200);
        }

        return query.Text("code") is { } code
            ? Page(CodePage, new PageValues { { "Code", code } }, "Your code", 200)
            : Page(NoCodePage, new PageValues(), "No code", 400);
    }

    private Reply Guard(QueryValues query, Func<AuthorizationRequest, Reply> answer)
    {
        if (AuthorizationRequest.Read(query, clients) is not { } request)
        {
            return NotSignedIn(
                "This sign-in cannot go on",
                "The program is not known here, or it asks to send you to an address that is not registered for it.",
                400
            );
        }

        try
        {
            request.Check(query);
            return answer(request);
        }
        catch (OAuthError error)
        {
            return Reply.Redirect(request.Back(("error", error.Error), ("error_description", error.Message)));
        }
    }

    private static Reply AskForEmail(AuthorizationRequest request, QueryValues query, string? email, string? problem)
    {
        var values = new PageValues
        {
            { "Program", request.ClientName },
            { "Problem", problem },
            { "Path", PathOf(query) },
            { "Email", email is { Length: > 0 } ? email : ExampleEmail },
        };
        return Page(EmailPage, values, "Sign in to Membrane", problem is null ? 200 : 400);
    }

    private Reply AskForChoice(AuthorizationRequest request, QueryValues query, string email, string? tenantKey, string? problem)
    {
        var known = store
            .All(Collections.Customers, customer => !customer.IsArchived)
            .Select(customer => customer.Text("internalId"))
            .OfType<string>();
        var values = new PageValues
        {
            { "Program", request.ClientName },
            { "Problem", problem },
            { "Path", PathOf(query) },
            { "Email", email },
            { "WantsAccount", request.WantsAccount },
            { "WorkspaceKey", workspaceKey },
            { "WorkspaceName", settings.Current.Name },
            { "TenantKey", tenantKey },
            { "Tenants", known.Take(1000).Select(key => new PageValues { { "Key", key } }) },
        };
        return Page(TenantPage, values, "Choose workspace and tenant", problem is null ? 200 : 400);
    }

    private static string PathOf(QueryValues query) =>
        Path + "?" + string.Join("&", query.All.Select(one => Uri.EscapeDataString(one.Key) + "=" + Uri.EscapeDataString(one.Value)));

    private static Reply NotSignedIn(string title, string problem, int status) =>
        Page(NotSignedInPage, new PageValues { { "Problem", problem } }, title, status);

    // No other page may show these in a frame of its own.
    private static Reply Page(PageTemplate template, PageValues values, string title, int status)
    {
        values.Add("Title", title);
        return PageLayout
            .Answer(title, template.Fill(values), status)
            .With("X-Frame-Options", "DENY")
            // The page sends its form to itself, and its origin must be told then.
            .With("Referrer-Policy", "same-origin");
    }
}

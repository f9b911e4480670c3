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
    OAuthClients clients
)
{
    public const string Path = "/oauth/authorize";
    public const string CodePath = "/oauth/code";

    private const string ExampleEmail = "developer@example.com";

    public Reply Show(QueryValues query) => Guard(query, request => AskForEmail(request, query, null, null));

    /// <summary>Takes what the person entered, step by step or all at once.</summary>
    public Reply Answer(QueryValues query, QueryValues form) =>
        Guard(
            query,
            request =>
            {
                if (form.Text("decision") == "refuse")
                {
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
                return Reply.Redirect(request.Back(("code", grants.IssueCode(consent, request.RedirectUri, request.Challenge))));
            }
        );

    /// <summary>Shows the code to a person who takes it to a program elsewhere.</summary>
    public static Reply ShowCode(QueryValues query)
    {
        if (query.Text("error") is { } error)
        {
            return Page(
                "Not signed in",
                $"<h1>Not signed in</h1><p class=\"bad\">{PageLayout.Text(query.Text("error_description") ?? error)}</p><p>You can "
                    + $"close this page.</p>",
                200
            );
        }

        if (query.Text("code") is not { } code)
        {
            return Page(
                "No code",
                "<h1>No code</h1><p>This page shows the code at the end of a sign-in. Begin one in the program that you want to sign in "
                    + "to.</p>",
                400
            );
        }

        return Page(
            "Your code",
            "<h1>Your code</h1><p>Take this code to where you began to sign in:</p>"
                + $"<label for=\"code\">Code</label><input id=\"code\" value=\"{PageLayout.Text(code)}\" readonly autofocus "
                + $"aria-describedby=\"how\">"
                + "<p class=\"soft\" id=\"how\">In PowerShell: <code>Complete-MembraneLogin</code> and the code. In the CLI: "
                + "<code>membrane login complete</code> and the code. It is good once and for ten minutes.</p>",
            200
        );
    }

    private Reply Guard(QueryValues query, Func<AuthorizationRequest, Reply> answer)
    {
        if (AuthorizationRequest.Read(query, clients) is not { } request)
        {
            return Page(
                "This sign-in cannot go on",
                "<h1>This sign-in cannot go on</h1><p class=\"bad\">The program is not known here, or it asks to send you to an address "
                    + "that is not registered for it.</p><p>You can close this page.</p>",
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
        var content =
            $"<h1>Sign in to Membrane</h1><p><strong>{PageLayout.Text(request.ClientName)}</strong> asks you to sign in.</p>"
            + Problem(problem)
            + Begin(query)
            + $"<label for=\"email\">E-mail address</label><input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" "
            + $"autofocus required value=\"{PageLayout.Text(email is { Length: > 0 } ? email : ExampleEmail)}\"{Mark(problem)}>"
            + "<p class=\"soft\">Any address will do: in the emulator there are no passwords.</p>"
            + "<div class=\"buttons\"><button class=\"main\">Continue</button><button name=\"decision\" value=\"refuse\" "
            + "formnovalidate>Cancel</button></div></form>";
        return Page("Sign in to Membrane", content, problem is null ? 200 : 400);
    }

    private Reply AskForChoice(AuthorizationRequest request, QueryValues query, string email, string? tenantKey, string? problem)
    {
        var known = store
            .All(Collections.Customers, customer => !customer.IsArchived)
            .Select(customer => customer.Text("internalId"))
            .OfType<string>();
        var what = request.WantsAccount
            ? "use your account: all its workspaces, and every tenant in them"
            : "act for the tenant that you choose here";
        var described = problem is null ? "hint" : "problem hint";
        var required = request.WantsAccount ? "" : " required";
        var content = string.Concat(
            "<h1>Choose workspace and tenant</h1>",
            $"<p>You are signed in as <strong>{PageLayout.Text(email)}</strong>. <strong>{PageLayout.Text(request.ClientName)}</strong> "
                + $"would like to {what}.</p>",
            Problem(problem),
            Begin(query),
            PageLayout.Hidden("email", email),
            "<label for=\"workspaceKey\">Workspace</label>",
            $"<select id=\"workspaceKey\" name=\"workspaceKey\"><option value=\"{PageLayout.Text(workspaceKey)}\">{PageLayout.Text($"{settings.Current.Name} ({workspaceKey})")}</option></select>",
            $"<label for=\"tenantKey\">Tenant{(request.WantsAccount ? " (optional)" : "")}</label>",
            $"<input id=\"tenantKey\" name=\"tenantKey\" list=\"tenants\" maxlength=\"200\" autocomplete=\"off\" autofocus{required} "
                + $"value=\"{PageLayout.Text(tenantKey ?? "")}\" "
                + $"aria-describedby=\"{described}\"{(problem is null ? "" : " aria-invalid=\"true\"")}>",
            "<datalist id=\"tenants\">"
                + string.Concat(known.Take(1000).Select(key => $"<option value=\"{PageLayout.Text(key)}\"></option>"))
                + "</datalist>",
            "<p class=\"soft\" id=\"hint\">The key of a tenant that is there, or of a new one.</p>",
            "<div class=\"buttons\"><button class=\"main\" name=\"decision\" value=\"allow\">Allow</button><button name=\"decision\" "
                + "value=\"refuse\" formnovalidate>Refuse</button></div></form>"
        );
        return Page("Choose workspace and tenant", content, problem is null ? 200 : 400);
    }

    private static string Begin(QueryValues query) =>
        $"<form method=\"post\" action=\"{PageLayout.Text(Path + "?" + string.Join("&", query.All.Select(one => Uri.EscapeDataString(one.Key) + "=" + Uri.EscapeDataString(one.Value))))}\">";

    private static string Problem(string? problem) =>
        problem is null ? "" : $"<p class=\"bad\" role=\"alert\" id=\"problem\">{PageLayout.Text(problem)}</p>";

    private static string Mark(string? problem) => problem is null ? "" : " aria-describedby=\"problem\" aria-invalid=\"true\"";

    // No other page may show these in a frame of its own.
    private static Reply Page(string title, string content, int status) =>
        PageLayout.Answer(title, content, status).With("X-Frame-Options", "DENY");
}

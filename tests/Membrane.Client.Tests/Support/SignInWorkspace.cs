using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Files;
using Membrane.Emulator;

namespace Membrane.Client.Tests.Support;

/// <summary>An emulator with its OAuth server, a folder for the credentials, and a person with a browser.</summary>
internal sealed class SignInWorkspace : IDisposable
{
    private readonly Folder folder = new();
    private readonly HttpClient browser = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly List<IDisposable> held = [];

    public SignInWorkspace(Disk? disk = null) =>
        Store = new CredentialStore(folder.File(".membrane", "credentials.json"), disk ?? Disk.Default);

    public EmulatorHost Host { get; } = EmulatorHost.Start(new EmulatorOptions());

    public CredentialStore Store { get; }

    /// <summary>How far ahead of the machine's clock the tokens' clock is.</summary>
    public TimeSpan Ahead { get; set; }

    public OAuthClient OAuth(Uri? address = null)
    {
        var client = new OAuthClient(Options(address ?? Host.BaseUri), () => DateTimeOffset.UtcNow + Ahead);
        held.Add(client);
        return client;
    }

    public StoredTokenSource Source(StoredSignIn signIn, Func<string, bool>? warn = null)
    {
        var source = new StoredTokenSource(Store, signIn, OAuth(), () => DateTimeOffset.UtcNow + Ahead, warn);
        held.Add(source);
        return source;
    }

    /// <summary>What a person does on the page; gives where the browser is sent.</summary>
    public async Task<Uri> AnswerPage(Uri page, string decision = "allow", string tenantKey = "ada")
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["email"] = "ada@example.com",
                ["tenantKey"] = tenantKey,
                ["decision"] = decision,
            }
        );
        using var answer = await browser.PostAsync(page, form);
        return answer.Headers.Location
            ?? throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task<(int Status, string Text)> Open(Uri address)
    {
        using var answer = await browser.GetAsync(address);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A person who has signed in, and is stored.</summary>
    public async Task<StoredSignIn> SignIn(string name = "default", OAuthScope scope = OAuthScope.Tenant)
    {
        var oauth = OAuth();
        (var pending, var page) = await HeadlessSignIn.BeginAsync(oauth, new PendingSignIn { Name = name, Scope = scope });
        var landed = await AnswerPage(page);
        var tokens = await HeadlessSignIn.CompleteAsync(oauth, pending, landed.AbsoluteUri);
        var stored = new StoredSignIn
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = name,
            ApiUri = Host.BaseUri,
            Scope = scope,
            AccessToken = tokens.AccessToken,
            ExpiresAt = tokens.ExpiresAt,
            RefreshToken = tokens.RefreshToken,
        };
        await Store.SaveAsync(stored);
        return stored;
    }

    /// <summary>How many requests for tokens arrived.</summary>
    public int TokenRequests(string grantType) =>
        Host.GetRequests()
            .Count(request =>
                request.Path == "/oauth/token" && request.Body!.Contains("grant_type=" + grantType, StringComparison.Ordinal)
            );

    public void Dispose()
    {
        held.ForEach(static one => one.Dispose());
        browser.Dispose();
        Host.Dispose();
        folder.Dispose();
    }

    private static MembraneClientOptions Options(Uri address) =>
        new()
        {
            ApiUri = address,
            RetryPolicy = Make.FastPolicy,
            RequestTimeout = TimeSpan.FromSeconds(30),
        };
}

using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class WorkspaceTests
{
    [Theory]
    [InlineData("""{"tenantKey":"carol","name":"Carol"}""", "carol")]
    [InlineData("""{"isAdmin":true}""", null)]
    public async Task An_access_token_is_what_was_asked_for(string body, string? tenant)
    {
        using var workspace = new TestWorkspace();
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;

        var token = (await account.Post($"/org-workspaces/{id}/access-token", body)).Ok()["token"];

        var derived = workspace.As(token);
        if (tenant is null)
        {
            Assert.Equal(HttpStatusCode.OK, (await derived.Get("/customers")).Status);
        }
        else
        {
            Assert.Equal(tenant, (await derived.Get("/self")).Ok()["internalId"]);
        }
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"isAdmin":true,"tenantKey":"x"}""", 400)]
    [InlineData("""{"tenantId":"cus_none"}""", 404)]
    public async Task An_access_token_needs_to_be_somebodys(string body, int status)
    {
        using var workspace = new TestWorkspace();
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;

        Assert.Equal(status, (int)(await account.Post($"/org-workspaces/{id}/access-token", body)).Status);
    }

    [Fact]
    public async Task A_rotated_secret_ends_the_tokens_of_the_old_one()
    {
        using var workspace = new TestWorkspace();
        await workspace.Alice.Get("/self");
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;

        var secret = (await account.Post($"/org-workspaces/{id}/rotate-secret")).Ok()["secret"];

        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.Alice.Get("/self")).Status);
        Assert.Equal(HttpStatusCode.OK, (await workspace.As(Token.Tenant("alice", secret: secret)).Get("/self")).Status);
    }

    [Fact]
    public async Task Customers_are_made_changed_archived_and_restored_by_a_manager()
    {
        using var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        var made = (
            await manager.Post(
                "/customers",
                new
                {
                    name = "Dave",
                    internalId = "dave",
                    fields = new { plan = "free" },
                }
            )
        ).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.Post("/customers", new { name = "Again", internalId = "dave" })).Status);
        var dave = workspace.As(Token.Tenant("dave"));
        Assert.Equal(made["id"], (await dave.Get("/self")).Ok()["id"]);

        Assert.Equal("David", (await manager.Patch("/customers/" + made["id"], new { name = "David" })).Ok()["name"]);
        (await manager.Delete("/customers/" + made["id"])).Ok();
        Assert.Equal(HttpStatusCode.Forbidden, (await dave.Get("/self")).Status);
        Assert.Empty((await manager.Get("/customers?search=david")).Ok().Items);
        (await manager.Post($"/customers/{made["id"]}/restore")).Ok();
        Assert.Equal(HttpStatusCode.OK, (await dave.Get("/self")).Status);
    }

    [Fact]
    public async Task The_clock_can_be_moved_and_tokens_expire_by_it()
    {
        using var workspace = new TestWorkspace();
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/self")).Status);

        (await workspace.Nobody.Post("/_emulator/clock", """{"advanceSeconds":7200}""")).Ok();
        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.Alice.Get("/self")).Status);

        workspace.Host.AdvanceClock(TimeSpan.FromHours(-2));
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/self")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Nobody.Post("/_emulator/clock", """{"advanceSeconds":1e300}""")).Status);
    }

    [Fact]
    public async Task Credentials_expire_unless_they_are_refreshed()
    {
        using var workspace = new TestWorkspace();
        var token = Token.Sign(
            new System.Text.Json.Nodes.JsonObject
            {
                ["iss"] = "emulator-workspace",
                ["id"] = "alice",
                ["exp"] = Token.InSeconds(365 * 86400),
            }
        );
        var alice = workspace.As(token);
        var refreshed = await TestWorkspace.Connect(alice, "slack");
        var neglected = await TestWorkspace.Connect(alice, "hubspot");

        workspace.Host.AdvanceClock(TimeSpan.FromDays(60));
        (await alice.Post($"/connections/{refreshed}/refresh-credentials")).Ok();
        workspace.Host.AdvanceClock(TimeSpan.FromDays(60));

        Assert.Equal("READY", (await alice.Get("/connections/" + refreshed)).Ok()["state"]);
        var expired = (await alice.Get("/connections/" + neglected)).Ok();
        Assert.Equal("CLIENT_ACTION_REQUIRED", expired["state"]);
        Assert.Equal("access_token_expired", expired.Json.GetProperty("error").GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.Post($"/actions/list-contacts/run?connectionId={neglected}", new { })).Status);
    }

    [Theory]
    [InlineData("""{"tenantKey":"carol"}""")]
    [InlineData("""{"isAdmin":true}""")]
    public async Task An_access_token_is_good_when_the_secret_is_not(string body)
    {
        using var workspace = new TestWorkspace();
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;
        (await account.Patch($"/org-workspaces/{id}", new { settings = new { disableSecretKeyAuth = true } })).Ok();

        var token = (await account.Post($"/org-workspaces/{id}/access-token", body)).Ok()["token"];

        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.Alice.Get("/connections")).Status);
        Assert.Equal(HttpStatusCode.OK, (await workspace.As(token).Get("/connections")).Status);
    }

    [Fact]
    public async Task The_host_tells_the_secret_that_is_in_force()
    {
        var state = TestFiles.Path();
        string secret;
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            var account = workspace.As(EmulatorOptions.DefaultAccountToken);
            var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;
            secret = (await account.Post($"/org-workspaces/{id}/rotate-secret")).Ok()["secret"];
            Assert.Equal(secret, workspace.Host.WorkspaceSecret);
        }

        using var again = new TestWorkspace(options => options.StatePath = state);
        Assert.Equal(secret, again.Host.WorkspaceSecret);
        Assert.Equal(HttpStatusCode.OK, (await again.As(Token.Tenant("alice", secret: again.Host.WorkspaceSecret)).Get("/self")).Status);
    }

    [Theory]
    [InlineData("_secret")]
    [InlineData("_anything")]
    public async Task Members_of_the_emulators_own_cannot_be_set(string name)
    {
        using var workspace = new TestWorkspace();
        var account = workspace.As(EmulatorOptions.DefaultAccountToken);
        var id = (await account.Get("/org-workspaces")).Ok().Items.Single().GetProperty("id").GetString()!;

        var answer = await account.Patch($"/workspaces/{id}", new System.Collections.Generic.Dictionary<string, string> { [name] = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/self")).Status);
    }
}

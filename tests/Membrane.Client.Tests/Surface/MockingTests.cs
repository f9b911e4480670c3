using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using NSubstitute;
using Xunit;

namespace Membrane.Client.Tests.Surface;

/// <summary>A test can stand in for a client, and for what it answers.</summary>
public sealed class MockingTests
{
    private static IEnumerable<Type> Clients =>
        typeof(MembraneClient).Assembly.GetExportedTypes().Where(static type => type.Name.EndsWith("Client", StringComparison.Ordinal));

    [Fact]
    public void Whatever_a_client_can_do_can_be_replaced()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        Assert.NotEmpty(Clients);
        Assert.Empty(
            Clients
                .SelectMany(static type => type.GetMethods(Declared))
                .Where(static method => !method.IsVirtual || (method.IsFinal && method.Name != nameof(IDisposable.Dispose)))
                .Select(static method => $"{method.DeclaringType!.Name}.{method.Name}")
        );
        Assert.All(
            Clients,
            static type =>
                Assert.Contains(
                    type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance),
                    static constructor => constructor.IsFamily && constructor.GetParameters().Length == 0
                )
        );
    }

    [Fact]
    public async Task A_subclass_stands_in_without_a_library()
    {
        using var membrane = new FakeMembrane(new FakeConnections());
        Assert.Equal(["Sales"], await NamesAsync(membrane));
    }

    [Fact]
    public async Task A_library_of_fakes_stands_in_too()
    {
        var actions = Substitute.For<ActionsClient>();
        actions
            .RunAsync(Arg.Any<ActionSelector>(), Arg.Any<object?>(), Arg.Any<CancellationToken>())
            .Returns(MembraneModelFactory.ActionRun("done", actionRunId: "run_1"));
        using var membrane = Substitute.For<MembraneClient>();
        membrane.Actions.Returns(actions);

        var run = await membrane.Actions.RunAsync(new ActionSelector("create-contact"), null);

        Assert.Equal(("done", "run_1"), (run.Output, run.ActionRunId));
        await actions
            .Received(1)
            .RunAsync(
                Arg.Is<ActionSelector>(static one => one.IdOrKey == "create-contact"),
                Arg.Any<object?>(),
                Arg.Any<CancellationToken>()
            );
    }

    [Fact]
    public async Task An_error_of_the_service_can_be_made()
    {
        var error = new MembraneApiException(
            ErrorIds.NotFound,
            "There is no such connection.",
            null,
            HttpStatusCode.NotFound,
            MembraneModelFactory.FromJson<ErrorData>("""{"type":"bad_request","key":"not_found","data":{"id":"c1"}}""")
        );
        var connections = Substitute.For<ConnectionsClient>();
        connections.GetAsync("c1", Arg.Any<CancellationToken>()).Returns(Task.FromException<Connection>(error));

        var thrown = await Assert.ThrowsAsync<MembraneApiException>(() => connections.GetAsync("c1"));

        Assert.Equal(("not_found", HttpStatusCode.NotFound), (thrown.Key, thrown.StatusCode));
        Assert.Equal("c1", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(thrown.Details)["id"]);
    }

    [Fact]
    public void Every_public_exception_can_be_made() =>
        Assert.All(
            typeof(MembraneException).Assembly.GetExportedTypes().Where(static type => typeof(Exception).IsAssignableFrom(type)),
            static type => Assert.NotEmpty(type.GetConstructors())
        );

    [Fact]
    public void A_model_is_made_as_the_service_would_send_it()
    {
        var connection = MembraneModelFactory.FromJson<Connection>(
            """{"id":"c1","name":"Ada","disconnected":true,"createdAt":"2026-01-02T03:04:05Z","shiny":[1]}"""
        );

        Assert.Equal(("c1", "Ada", false), (connection.Id, connection.Name, connection.Connected));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), connection.CreatedAt);
        Assert.Equal(["shiny"], connection.GetUnknownFields().Keys);
    }

    [Fact]
    public void A_model_is_made_of_fields()
    {
        var tenant = MembraneModelFactory.FromFields<Tenant>(
            new Dictionary<string, object?>
            {
                ["id"] = "t1",
                ["fields"] = new Dictionary<string, object?> { ["plan"] = "pro" },
            }
        );

        Assert.Equal("t1", tenant.Id);
        Assert.Equal("pro", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(tenant.Fields)["plan"]);
    }

    [Fact]
    public void Every_model_that_a_client_answers_with_can_be_made()
    {
        var answers = Clients
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(static method => Arguments(method.ReturnType))
            .Where(static type => typeof(MembraneModel).IsAssignableFrom(type))
            .Distinct()
            .ToArray();
        Assert.Contains(typeof(Connection), answers);
        Assert.Contains(typeof(AgentMessage), answers);
        var make = typeof(MembraneModelFactory).GetMethod(nameof(MembraneModelFactory.FromJson))!;

        Assert.All(answers, type => Assert.IsType(type, make.MakeGenericMethod(type).Invoke(null, ["{}"])));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.Equal("json", Assert.Throws<ArgumentException>(() => MembraneModelFactory.FromJson<Tenant>(json)).ParamName);

    [Fact]
    public void An_answer_of_any_operation_is_made()
    {
        var answer = MembraneModelFactory.RawResponse(HttpStatusCode.Accepted, """{"ok":true}""", headers: [new("X-One", "1")]);

        Assert.Equal((HttpStatusCode.Accepted, "1"), (answer.StatusCode, answer.Headers["x-one"].Single()));
        Assert.Equal(true, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(answer.Value)["ok"]);
    }

    private static IEnumerable<Type> Arguments(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Arguments) : [type];

    private static async Task<IEnumerable<string?>> NamesAsync(MembraneClient membrane) =>
        (await membrane.Connections.List().ToListAsync()).Select(static connection => connection.Name);

    private sealed class FakeMembrane(ConnectionsClient connections) : MembraneClient
    {
        public override ConnectionsClient Connections => connections;
    }

    private sealed class FakeConnections : ConnectionsClient
    {
        public override Listing<Connection> List(ConnectionFilter? filter = null, ListingOptions? options = null) =>
            MembraneModelFactory.Listing(MembraneModelFactory.FromJson<Connection>("""{"name":"Sales"}"""));
    }
}

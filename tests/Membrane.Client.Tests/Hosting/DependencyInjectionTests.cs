using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Membrane.Client.Tests.Hosting;

/// <summary>A client in a host, and an emulator in a test.</summary>
public sealed class DependencyInjectionTests
{
    [Fact]
    public async Task An_emulator_and_its_client_are_two_lines()
    {
        using var emulator = EmulatorHost.Start();
        using var membrane = emulator.CreateClient("ada");

        Assert.NotEmpty(await membrane.Connectors.List().ToListAsync());
        Assert.Equal("ada", (await membrane.Identity.GetAsync()).TenantKey);
    }

    [Fact]
    public async Task A_manager_of_the_emulator_is_made_as_easily()
    {
        using var emulator = EmulatorHost.Start();
        using var membrane = emulator.CreateManagerClient();

        Assert.Equal("t1", (await membrane.Tenants.CreateAsync(new TenantChange { Name = "One", InternalId = "t1" })).InternalId);
    }

    [Fact]
    public async Task A_client_is_registered_with_options_from_a_configuration()
    {
        using var emulator = EmulatorHost.Start();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Membrane:ApiUri"] = emulator.BaseUri.ToString(),
                    ["Membrane:WorkspaceToken:WorkspaceKey"] = emulator.WorkspaceKey,
                    ["Membrane:WorkspaceToken:WorkspaceSecret"] = emulator.WorkspaceSecret,
                    ["Membrane:WorkspaceToken:TenantKey"] = "ada",
                    ["Membrane:RequestTimeout"] = "00:00:30",
                    ["Membrane:RetryPolicy:MaxAttempts"] = "2",
                    ["Membrane:UserAgent"] = "Shop/1.0",
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddMembrane(options => configuration.GetSection("Membrane").Bind(options));
        await using var provider = services.BuildServiceProvider();

        var membrane = provider.GetRequiredService<MembraneClient>();

        Assert.Same(membrane, provider.GetRequiredService<MembraneClient>());
        Assert.NotEmpty(await membrane.Connectors.List().ToListAsync());
        Assert.Equal("Shop/1.0", Assert.Single(emulator.GetRequests()).Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_further_client_has_a_key_and_options_of_its_own()
    {
        using var sales = EmulatorHost.Start();
        using var support = EmulatorHost.Start(new EmulatorOptions { WorkspaceKey = "support" });
        var services = new ServiceCollection();
        services.AddMembrane(options => CopyTo(options, sales));
        services.AddMembrane("support", options => CopyTo(options, support));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<MembraneClient>("support").Connectors.List().ToListAsync();
        Assert.Empty(sales.GetRequests());
        await provider.GetRequiredService<MembraneClient>().Connectors.List().ToListAsync();

        Assert.Single(sales.GetRequests());
        Assert.Single(support.GetRequests());
    }

    [Fact]
    public async Task Handlers_of_the_application_are_in_the_way_of_each_request()
    {
        using var emulator = EmulatorHost.Start();
        var handler = new CountingHandler();
        var services = new ServiceCollection();
        services.AddMembrane(options => CopyTo(options, emulator)).AddHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<MembraneClient>().Connectors.List().ToListAsync();

        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task What_is_logged_has_no_token_and_no_body()
    {
        using var emulator = EmulatorHost.Start();
        emulator.AddFault(new Fault { Status = 503, Times = 1 });
        using var log = new MemoryLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddMembrane(options =>
        {
            CopyTo(options, emulator);
            options.RetryPolicy = Make.FastPolicy;
        });
        await using var provider = services.BuildServiceProvider();
        var membrane = provider.GetRequiredService<MembraneClient>();

        await membrane.Connectors.List().ToListAsync();
        await Assert.ThrowsAsync<MembraneApiException>(() => membrane.Connections.GetAsync("none"));

        var token = await membrane.GetTokenAsync();
        Assert.All(log.Lines, line => Assert.DoesNotContain(token, line, StringComparison.Ordinal));
        Assert.All(log.Lines, static line => Assert.DoesNotContain("Bearer", line, StringComparison.Ordinal));
        Assert.All(log.Lines, static line => Assert.Contains(" Membrane.Client.MembraneClient ", line, StringComparison.Ordinal));
        Assert.Equal(["Warning", "Warning", "Debug", "Warning"], log.Lines.Select(static line => line.Split(' ')[0]));
        Assert.Contains("GET /connectors is sent again in", log.Lines.ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("GET /connections/none was answered with 404", log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_option_is_named_when_the_client_is_made()
    {
        var services = new ServiceCollection();
        services.AddMembrane(static _ => { });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<MembraneInputException>(() => provider.GetRequiredService<MembraneClient>());

        Assert.Equal(nameof(MembraneClientOptions.TokenSource), error.ParameterName);
    }

    [Fact]
    public async Task Options_can_come_from_other_services()
    {
        using var emulator = EmulatorHost.Start();
        var services = new ServiceCollection();
        services.AddSingleton(emulator);
        services.AddMembrane(static (provider, options) => CopyTo(options, provider.GetRequiredService<EmulatorHost>()));
        await using var provider = services.BuildServiceProvider();

        Assert.NotEmpty(await provider.GetRequiredService<MembraneClient>().Connectors.List().ToListAsync());
    }

    private static void CopyTo(MembraneClientOptions options, EmulatorHost emulator)
    {
        var made = emulator.CreateClientOptions();
        (options.ApiUri, options.WorkspaceToken) = (made.ApiUri, made.WorkspaceToken);
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        private int count;

        public int Count => count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref count);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class MemoryLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose() { }

        private sealed class Logger(MemoryLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            ) => log.Lines.Enqueue($"{logLevel} {category} {formatter(state, exception)}");
        }
    }
}

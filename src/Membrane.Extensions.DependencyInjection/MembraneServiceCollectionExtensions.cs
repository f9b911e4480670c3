using System;
using System.Threading;
using Membrane.Client;
using Membrane.Client.Transport;
using Membrane.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of Membrane.</summary>
public static class MembraneServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="MembraneClient"/> for the application, whose requests go through <c>IHttpClientFactory</c> and are
    /// logged.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, such as <c>options => configuration.GetSection("Membrane").Bind(options)</c>.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddMembrane(this IServiceCollection services, Action<MembraneClientOptions> configure) =>
        services.AddMembrane(Ignoring(configure));

    /// <summary>
    /// Registers one <see cref="MembraneClient"/> for the application, with options that need other services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddMembrane(
        this IServiceCollection services,
        Action<IServiceProvider, MembraneClientOptions> configure
    )
    {
        var builder = AddOptionsAndHttp(services, Options.Options.DefaultName, configure);
        services.AddSingleton(static provider => MembraneClientBuilder.Build(provider, Options.Options.DefaultName));
        return builder;
    }

    /// <summary>
    /// Registers a further <see cref="MembraneClient"/>, for another workspace or tenant, under a key:
    /// <c>[FromKeyedServices("sales")] MembraneClient</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the client, and the name of its options; not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddMembrane(this IServiceCollection services, string name, Action<MembraneClientOptions> configure) =>
        services.AddMembrane(name, Ignoring(configure));

    /// <summary>
    /// Registers a further <see cref="MembraneClient"/> under a key, with options that need other services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the client, and the name of its options; not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddMembrane(
        this IServiceCollection services,
        string name,
        Action<IServiceProvider, MembraneClientOptions> configure
    )
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("The name of a further client must not be empty.", nameof(name));
        }

        var builder = AddOptionsAndHttp(services, name, configure);
        services.AddKeyedSingleton(name, static (provider, key) => MembraneClientBuilder.Build(provider, (string)key!));
        return builder;
    }

    private static IHttpClientBuilder AddOptionsAndHttp(
        IServiceCollection services,
        string name,
        Action<IServiceProvider, MembraneClientOptions> configure
    )
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        _ = configure ?? throw new ArgumentNullException(nameof(configure));
        services.AddLogging();
        services.AddOptions<MembraneClientOptions>(name).Configure<IServiceProvider>((options, provider) => configure(provider, options));
        return services
            .AddHttpClient(MembraneClientBuilder.HttpClientName(name))
            // The connections end by themselves; a client for the life of the application would not see a new handler anyway.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // They would write the Authorization header at the level Trace, and whole addresses.
            .RemoveAllLoggers()
            .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = provider.GetRequiredService<IOptionsMonitor<MembraneClientOptions>>().Get(name);
                return HttpStack.MakeHandler(options.ApiUri, options.Proxy);
            });
    }

    private static Action<IServiceProvider, MembraneClientOptions> Ignoring(Action<MembraneClientOptions> configure) =>
        configure is null ? throw new ArgumentNullException(nameof(configure)) : (_, options) => configure(options);
}

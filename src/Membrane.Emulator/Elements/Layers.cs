using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Which layer an element is on.</summary>
internal static class Layers
{
    public static Layer Of(StoredElement element) =>
        element.ConnectionId is not null ? Layer.Connection
        : element.IntegrationId is not null ? Layer.Integration
        : Layer.Universal;
}

using Membrane.Emulator.Contract;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Has an agent build what does not exist yet.</summary>
internal interface IElementBuilder
{
    /// <summary>Puts an element there that is being built, and lets an agent build it.</summary>
    StoredElement Build(ElementKind kind, OperationRequest request, StoredElement? connection, string intent);

    /// <summary>Puts a connection there that is being built, with its connector, and lets an agent build both.</summary>
    StoredElement BuildConnection(string tenantId, string intent, string? name, string? host);
}

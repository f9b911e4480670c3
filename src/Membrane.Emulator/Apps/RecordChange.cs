using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>Something that happened to a record.</summary>
/// <param name="connectionId">The connection.</param>
/// <param name="collection">The data collection.</param>
/// <param name="kind">What happened.</param>
/// <param name="record">The record; the deleted one as it was.</param>
internal sealed class RecordChange(string connectionId, string collection, RecordChangeKind kind, StoredElement record)
{
    public string ConnectionId => connectionId;

    public string Collection => collection;

    public RecordChangeKind Kind => kind;

    public StoredElement Record => record;
}

namespace Membrane.Client.DataCollections;

/// <summary>The envelope of one record.</summary>
internal sealed class RecordAnswer : MembraneModel
{
    public DataRecord? Record { get; set; }
}

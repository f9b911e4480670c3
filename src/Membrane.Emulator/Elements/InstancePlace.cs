namespace Membrane.Emulator.Elements;

/// <summary>What an instance of an element belongs to.</summary>
internal enum InstancePlace
{
    /// <summary>There are no instances.</summary>
    None,

    /// <summary>A connection.</summary>
    Connection,

    /// <summary>A tenant.</summary>
    Tenant,
}

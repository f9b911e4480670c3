namespace Membrane.Emulator;

/// <summary>Where a fault cuts the connection.</summary>
public enum FaultDrop
{
    /// <summary>Before any work is done.</summary>
    Before,

    /// <summary>After the work is done; the answer is lost.</summary>
    After,

    /// <summary>In the middle of the answer's body.</summary>
    MidBody,
}

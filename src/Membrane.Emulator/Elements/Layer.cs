namespace Membrane.Emulator.Elements;

/// <summary>Where an element is defined; the higher hides the lower of the same key.</summary>
internal enum Layer
{
    /// <summary>For every app.</summary>
    Universal,

    /// <summary>For one app.</summary>
    Integration,

    /// <summary>For one connection.</summary>
    Connection,
}

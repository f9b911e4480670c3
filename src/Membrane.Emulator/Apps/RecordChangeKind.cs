namespace Membrane.Emulator.Apps;

/// <summary>What happened to a record.</summary>
internal enum RecordChangeKind
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>Some of its fields were written.</summary>
    Updated,

    /// <summary>It is gone.</summary>
    Deleted,
}

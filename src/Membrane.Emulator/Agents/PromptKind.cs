namespace Membrane.Emulator.Agents;

/// <summary>What an agent is asked to do.</summary>
internal enum PromptKind
{
    /// <summary>Nothing that the emulator's agent can make out.</summary>
    Unclear,

    /// <summary>To build a connector.</summary>
    Connector,

    /// <summary>To build an action.</summary>
    Action,

    /// <summary>To build a flow.</summary>
    Flow,

    /// <summary>To build a data collection.</summary>
    DataCollection,

    /// <summary>To build a field mapping.</summary>
    FieldMapping,

    /// <summary>To build something else that the service has, and the emulator's agent does not build.</summary>
    NotEmulated,

    /// <summary>To add something to what was built before.</summary>
    Extension,
}

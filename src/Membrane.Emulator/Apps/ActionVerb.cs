namespace Membrane.Emulator.Apps;

/// <summary>What an action does to the records of its collection.</summary>
internal enum ActionVerb
{
    /// <summary>Makes a record.</summary>
    Create,

    /// <summary>Gives pages of records.</summary>
    List,

    /// <summary>Gives one record by its id.</summary>
    Get,

    /// <summary>Gives one record by one of its fields.</summary>
    GetBy,

    /// <summary>Changes fields of a record.</summary>
    Update,

    /// <summary>Makes a record, or changes the one that has the id.</summary>
    Upsert,

    /// <summary>Removes a record.</summary>
    Delete,

    /// <summary>Gives the records that hold a text.</summary>
    Search,

    /// <summary>Marks a record with what was done to it, as <c>archive</c> or <c>close</c> do.</summary>
    Mark,

    /// <summary>Anything else: keeps the input as a record and gives it back.</summary>
    Perform,
}

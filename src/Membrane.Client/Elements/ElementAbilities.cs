using System;

namespace Membrane.Client.Elements;

/// <summary>What the API can do with a type of elements.</summary>
[Flags]
internal enum ElementAbilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>All can be listed.</summary>
    List = 1,

    /// <summary>One can be read.</summary>
    Get = 2,

    /// <summary>One can be created.</summary>
    Create = 4,

    /// <summary>Fields of one can be changed.</summary>
    Update = 8,

    /// <summary>One can be replaced whole.</summary>
    Replace = 16,

    /// <summary>One can be archived or deleted.</summary>
    Remove = 32,

    /// <summary>An archived one can be restored.</summary>
    Restore = 64,

    /// <summary>A list can be searched for text.</summary>
    Search = 128,

    /// <summary>A list can show archived ones too.</summary>
    IncludeArchived = 256,

    /// <summary>A key can be narrowed to a layer, an integration or a connection.</summary>
    Scope = 512,

    /// <summary>All that is done with one element.</summary>
    Change = Get | Create | Update | Replace | Remove | Restore,

    /// <summary>All that a type of elements with keys can.</summary>
    All = List | Change | Search | IncludeArchived,

    /// <summary>What a log has.</summary>
    Read = List | Get,
}

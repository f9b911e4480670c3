namespace Membrane;

/// <summary>What a command is the counterpart of.</summary>
public enum CommandMatchKind
{
    /// <summary>An operation of the REST API.</summary>
    Api,

    /// <summary>A command or an option of the vendor's CLI.</summary>
    Cli,

    /// <summary>A call of the vendor's SDK.</summary>
    Sdk,

    /// <summary>An address to embed in a page.</summary>
    Page,

    /// <summary>The words that were looked for.</summary>
    Words,
}

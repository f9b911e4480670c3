namespace Membrane.Client.NativeCommands;

/// <summary>What a parameter takes.</summary>
internal enum ParameterKind
{
    /// <summary>Anything: a hashtable, an object, an array or a plain value.</summary>
    Any,

    /// <summary>An object: a hashtable, or an object with properties.</summary>
    Object,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Something that is off unless it is named.</summary>
    Switch,

    /// <summary>True or false; saying nothing is neither.</summary>
    Boolean,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>A day.</summary>
    Date,
}

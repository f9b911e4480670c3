using System.Globalization;

namespace Membrane.Client.Rows;

/// <summary>Where a value is in an input.</summary>
/// <param name="Text">As people write it: <c>contacts[0].email</c>.</param>
/// <param name="Pointer">As a JSON pointer: <c>/contacts/0/email</c>.</param>
internal readonly record struct InputPath(string Text, string Pointer)
{
    /// <summary>The path to a property of the input itself.</summary>
    public static InputPath Of(string property) => new(property, "/" + Escaped(property));

    /// <summary>The path to a member of this value.</summary>
    public InputPath Member(string name) => new(Text + "." + name, Pointer + "/" + Escaped(name));

    /// <summary>The path to an item of this value.</summary>
    public InputPath Item(int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        return new InputPath($"{Text}[{number}]", Pointer + "/" + number);
    }

    private static string Escaped(string name) => name.Replace("~", "~0").Replace("/", "~1");
}

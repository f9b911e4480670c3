namespace Membrane;

/// <summary>A value as the views show it.</summary>
public static class ShownValue
{
    /// <summary>Writes out what would steer a terminal in text of strangers; other values stay as they are.</summary>
    /// <param name="value">The value of a property.</param>
    public static object? Of(object? value) =>
        value switch
        {
            string text => ShownText.Of(text),
            MembraneModel model => ShownText.Of(model.ToString() ?? string.Empty),
            _ => value,
        };
}

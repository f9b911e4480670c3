namespace Membrane.Client.NativeCommands;

/// <summary>What the command of an action is called.</summary>
/// <param name="Verb">An approved verb of PowerShell.</param>
/// <param name="Noun">The app's word and what the action works on, as one.</param>
/// <param name="Alias">The app's word and the action's own key, in lower case: <c>slack-post-message</c>.</param>
internal sealed record CommandName(string Verb, string Noun, string Alias)
{
    /// <summary>Verb and noun.</summary>
    public string Name => Verb + "-" + Noun;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace Membrane.Client.NativeCommands;

/// <summary>What a verb of an action's key becomes.</summary>
/// <param name="Verb">An approved verb of PowerShell.</param>
/// <param name="Before">A word before the noun, so that the approved verb says the same: <c>schedule-message</c> is
/// New-ScheduledMessage.</param>
/// <param name="After">A word after the noun: <c>tag-lead</c> is Add-LeadTag.</param>
internal sealed record VerbRule(string Verb, string? Before = null, string? After = null);

namespace Membrane.PowerShell.Contexts;

/// <summary>Says in a line who a context acts as, and where.</summary>
internal static class ContextText
{
    public static string Describe(MembraneContext context)
    {
        var workspace = context.WorkspaceKey is { } key ? $"workspace '{key}'" : "the workspace";
        var who =
            context.IsManager ? $"manager of {workspace}"
            : context.TenantKey is { } tenant ? $"tenant '{tenant}' of {workspace}"
            : context.AuthenticationType == AuthenticationType.ScriptBlock ? "what the token script says"
            : context.WorkspaceKey is not null ? $"{workspace}"
            : "an account, with no workspace chosen";
        var person = context.Email is { } email ? $"{email}, " : string.Empty;
        var where = context.Emulator is null ? context.ApiUri.ToString() : $"{context.ApiUri} (emulator)";
        return $"Context '{context.Name}': {person}{who}, at {where}";
    }
}

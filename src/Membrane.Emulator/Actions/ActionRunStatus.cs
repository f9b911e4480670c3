namespace Membrane.Emulator.Actions;

/// <summary>How a run of an action ended, as the API names it.</summary>
internal static class ActionRunStatus
{
    public const string Success = "success";
    public const string Error = "error";
}

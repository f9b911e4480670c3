using System.Text.Json.Nodes;

namespace Membrane.Emulator.Store;

/// <summary>The emulator's own fields of actions.</summary>
internal static class ActionFields
{
    private const string PlanKeyName = "_planKey";

    extension(StoredElement action)
    {
        /// <summary>Gets the key that says what the action does, where it is not the action's own.</summary>
        public string? PlanKey => action.Text(PlanKeyName);
    }

    extension(JsonObject action)
    {
        /// <summary>Sets the key that says what the action does.</summary>
        public string PlanKey
        {
            set => action[PlanKeyName] = value;
        }
    }
}

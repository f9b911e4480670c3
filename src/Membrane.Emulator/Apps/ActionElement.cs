using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>Elements as actions.</summary>
internal static class ActionElement
{
    extension(StoredElement action)
    {
        /// <summary>What it does when it is an action.</summary>
        public ActionPlan Plan => action.Derive(static one => ActionPlan.Of(one.PlanKey ?? one.Key, one.Name));
    }
}

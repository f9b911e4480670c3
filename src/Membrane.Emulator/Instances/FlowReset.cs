using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Instances;

/// <summary>Restores parts of the flow of a connection: its name, and all of its nodes or some.</summary>
internal static class FlowReset
{
    /// <summary>Restores what the options name, and nothing else.</summary>
    public static StoredElement Apply(ElementAccess access, StoredElement flow, JsonElement options, Principal caller)
    {
        if (access.Store.Find(Collections.Flows, flow.Text(ElementKinds.Flow.ParentMember)) is not { } parent || !caller.Sees(parent))
        {
            return flow;
        }

        var changes = new JsonObject();
        if (options.Flag("name"))
        {
            changes["name"] = parent.Name;
        }

        var original = parent.Body.Member("nodes") is { } nodes ? EmulatorJson.Edit(nodes) : new JsonObject();
        if (options.Flag("allNodes"))
        {
            changes["nodes"] = original;
        }
        else if (options.Member("nodes") is { } chosen)
        {
            var mixed = flow.Body.Member("nodes") is { } own ? EmulatorJson.Edit(own) : new JsonObject();
            foreach (
                var key in chosen.EnumerateObject().Where(node => node.Value.ValueKind == JsonValueKind.True).Select(node => node.Name)
            )
            {
                mixed.Remove(key);
                if (original[key] is { } node)
                {
                    mixed[key] = node.DeepClone();
                }
            }

            changes["nodes"] = mixed;
        }

        return access.Instances.Change(ElementKinds.Flow, flow, EmulatorJson.Freeze(changes), caller, replace: false);
    }
}

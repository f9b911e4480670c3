using Membrane.Client.Actions;
using Membrane.Client.Json;

namespace Membrane.Client.Tools;

/// <summary>What tools need to run. Safe for use from several threads.</summary>
internal sealed class ToolServices
{
    public ToolServices(MembraneClient client, IObjectAdapter objects)
    {
        Client = client;
        Objects = objects;
        Actions = new ActionCache(client.Actions);
        Checker = new ActionInputChecker(Actions, objects);
    }

    public MembraneClient Client { get; }

    public IObjectAdapter Objects { get; }

    public ActionCache Actions { get; }

    public ActionInputChecker Checker { get; }
}

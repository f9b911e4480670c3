using System.Text.Json;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Actions;

/// <summary>Running actions, and the log of the runs.</summary>
internal sealed class ActionRunOperations
{
    private readonly EmulatorWorkspace workspace;
    private readonly ActionExecution execution;

    public ActionRunOperations(EmulatorWorkspace workspace)
    {
        this.workspace = workspace;
        execution = new ActionExecution(workspace);
    }

    public void AddTo(HandlerTable table)
    {
        table.Add("runAction", Run);
    }

    private Reply Run(ApiRequest request)
    {
        Element action = workspace.Finder.FindLayered(ElementKinds.Action, request.Selector, request);
        if (action.IsArchived)
            throw ElementFinder.NotFound(ElementKinds.Action, request.Selector);

        Element connection = execution.ConnectionFor(action, request.Query.Text("connectionId") ?? request.Query.Text("connectionKey"), request.Caller);
        JsonElement input = request.Body.TryGetProperty("input", out JsonElement given) ? given : JsonText.EmptyObject;
        return Reply.Json(execution.Run(action, connection, input, request.Body.Member("meta")));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.FieldMappings;

/// <summary>Running field mappings, and the schema they map to.</summary>
internal sealed class FieldMappingOperations(ElementFinder finder)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("runFieldMapping", Run);
        table.Add(
            "getFieldMappingAppSchema",
            request =>
                Reply.Json(
                    Find(request).Body.Member("appSchema") is { } schema
                        ? schema
                        : EmulatorJson.Parse("""{"type":"object","properties":{}}""")
                )
        );
    }

    private Reply Run(OperationRequest request)
    {
        var mapping = Find(request);
        if (mapping.IsArchived)
        {
            throw ElementFinder.NotFound(ElementKinds.FieldMapping, request.Selector);
        }

        var direction = request.Text("direction") ?? mapping.Text("direction") ?? "import";
        if (direction == "both")
        {
            throw ApiException.BadRequest("'direction' must be import or export to run the mapping.");
        }

        var template =
            direction == "export"
                ? mapping.Body.Member("exportValue") ?? mapping.Body.Member("defaultExportValue")
                : mapping.Body.Member("importValue") ?? mapping.Body.Member("defaultImportValue");
        var input = request.Body.Member("input") ?? EmulatorJson.EmptyObject;

        // A mapping names the fields of its input with or without "input" before them.
        var scope = input.ValueKind == JsonValueKind.Object ? EmulatorJson.Edit(input) : new JsonObject();
        scope["input"] = EmulatorJson.ToNode(input);
        var output = template is null ? EmulatorJson.ToNode(input) : Variables.Fill(template.Value, EmulatorJson.Freeze(scope));
        return Reply.Json(new JsonObject { ["output"] = output });
    }

    private StoredElement Find(OperationRequest request) => finder.FindLayered(ElementKinds.FieldMapping, request.Selector, request);
}

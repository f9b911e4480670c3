using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>The dialect in which a vendor accepts schemas.</summary>
internal interface ISchemaDialect
{
    /// <summary>The schema of the parameters; null where a tool without parameters has none.</summary>
    /// <param name="parameters">Plain form: an object with properties. It is left as it is.</param>
    JsonObject? Write(JsonObject parameters);
}

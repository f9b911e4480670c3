using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Reading;

/// <summary>How a schema is read. Read once by <see cref="JsonSchema.Parse(JsonElement, JsonSchemaOptions)"/>.</summary>
public sealed class JsonSchemaOptions
{
    /// <summary>The draft of a schema that has no <c>$schema</c>.</summary>
    public JsonSchemaDraft DefaultDraft { get; set; }

    /// <summary>
    /// Whether <c>format</c> is checked for date-time, date, time, email, uri, uuid, ipv4 and ipv6.
    /// By default it is a note for people, as the drafts have it.
    /// </summary>
    public bool CheckFormats { get; set; }

    /// <summary>
    /// How long a check may take before it is given up as a violation; 10 seconds by default. Forms inside forms
    /// can make the work grow without bound.
    /// </summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Schemas to which others may refer, by their address. Nothing is ever fetched: a reference to an address
    /// that is neither here nor in the schema itself is refused.
    /// </summary>
    public IDictionary<Uri, JsonElement> Documents { get; } = new Dictionary<Uri, JsonElement>();
}

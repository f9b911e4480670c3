namespace Membrane.Client.Schemas.Reading;

/// <summary>How a schema is read.</summary>
internal sealed class JsonSchemaOptions
{
    /// <summary>
    /// Whether <c>format</c> is checked for date-time, date, time, email, uri, uuid, ipv4 and ipv6.
    /// By default it is an annotation, as the drafts have it.
    /// </summary>
    public bool CheckFormats { get; set; }
}

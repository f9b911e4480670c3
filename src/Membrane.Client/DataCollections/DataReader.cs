using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.DataCollections;

internal static class DataReader
{
    public static ModelReader<DataRecord> Record { get; } =
        new ModelReader<DataRecord>(static () => new DataRecord())
            .Text("id", static (record, value) => record.Id = value)
            .Any("fields", static (record, value) => record.Fields = value)
            .Time("createdTime", static (record, value) => record.CreatedTime = value)
            .Time("updatedTime", static (record, value) => record.UpdatedTime = value)
            .Text("name", static (record, value) => record.Name = value)
            .Text("uri", static (record, value) => record.Uri = value)
            .Text("iconUri", static (record, value) => record.IconUri = value)
            .Text("udm", static (record, value) => record.Udm = value)
            .Any("unifiedFields", static (record, value) => record.UnifiedFields = value)
            .Any("rawFields", static (record, value) => record.RawFields = value)
            .Time("deletedTime", static (record, value) => record.DeletedTime = value)
            .Text("createdById", static (record, value) => record.CreatedById = value)
            .Text("updatedById", static (record, value) => record.UpdatedById = value);

    public static PageReader<DataRecord> Records { get; } = new(Record, "records");

    public static ModelReader<RecordAnswer> Answer { get; } =
        new ModelReader<RecordAnswer>(static () => new RecordAnswer()).Model(
            "record",
            static () => Record,
            static (answer, value) => answer.Record = value
        );

    public static ModelReader<DataCollection> Collection { get; } =
        new ModelReader<DataCollection>(static () => new DataCollection())
            .Text("type", static (collection, value) => collection.Type = value)
            .Text("key", static (collection, value) => collection.Key = value)
            .Text("name", static (collection, value) => collection.Name = value)
            .Any("parametersSchema", static (collection, value) => collection.ParametersSchema = value)
            .Any("fieldsSchema", static (collection, value) => collection.FieldsSchema = value)
            .Flag("customFields", static (collection, value) => collection.CustomFields = value)
            .Any("list", static (collection, value) => collection.List = value)
            .Any("search", static (collection, value) => collection.Search = value)
            .Any("match", static (collection, value) => collection.Match = value)
            .Any("find", static (collection, value) => collection.Find = value)
            .Any("findById", static (collection, value) => collection.FindById = value)
            .Any("create", static (collection, value) => collection.Create = value)
            .Any("update", static (collection, value) => collection.Update = value)
            .Any("delete", static (collection, value) => collection.Delete = value)
            .Any("events", static (collection, value) => collection.Events = value)
            .Any("udm", static (collection, value) => collection.Udm = value);

    public static PageReader<DataCollection> Collections { get; } = new(Collection);
}

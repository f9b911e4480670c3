namespace Membrane.Client.Json;

/// <summary>The fields of <see cref="ErrorData"/> and of every <see cref="WorkspaceElement"/>.</summary>
internal static class ElementFields
{
    public static ModelReader<ErrorData> Error { get; } =
        new ModelReader<ErrorData>(static () => new ErrorData())
            .RepeatedText("type", static (error, value) => error.Type = value)
            .Text("key", static (error, value) => error.Key = value)
            .Text("message", static (error, value) => error.Message = value)
            .Any("data", static (error, value) => error.Data = value)
            .Model("causedByError", static () => Error!, static (error, value) => error.CausedByError = value)
            .Any("stack", static (error, value) => error.Stack = value)
            .Any("logs", static (error, value) => error.Logs = value);

    public static ModelReader<T> Element<T>(this ModelReader<T> fields)
        where T : WorkspaceElement =>
        fields
            .Text("id", static (element, value) => element.Id = value)
            .Text("name", static (element, value) => element.Name = value)
            .Text("uuid", static (element, value) => element.Uuid = value)
            .Text("key", static (element, value) => element.Key = value)
            .Text("description", static (element, value) => element.Description = value)
            .Any("meta", static (element, value) => element.Meta = value)
            .RepeatedText("state", static (element, value) => element.State = value)
            .Models("errors", static () => Error, static (element, value) => element.Errors = value)
            .Text("revision", static (element, value) => element.Revision = value)
            .Time("createdAt", static (element, value) => element.CreatedAt = value)
            .Time("updatedAt", static (element, value) => element.UpdatedAt = value)
            .Time("archivedAt", static (element, value) => element.ArchivedAt = value)
            .Flag("isDeactivated", static (element, value) => element.IsDeactivated = value)
            .Flag("isReadOnly", static (element, value) => element.IsReadOnly = value);
}

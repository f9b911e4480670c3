using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Agents;

internal static class AgentMessageReader
{
    public static ModelReader<AgentMessage> One { get; } =
        new ModelReader<AgentMessage>(static () => new AgentMessage())
            .Text("id", static (message, value) => message.Id = value)
            .Text("sessionId", static (message, value) => message.SessionId = value)
            .Text("role", static (message, value) => message.Role = value)
            .Text("content", static (message, value) => message.Content = value)
            .Time("createdAt", static (message, value) => message.CreatedAt = value);

    public static PageReader<AgentMessage> Page { get; } = new(One);
}

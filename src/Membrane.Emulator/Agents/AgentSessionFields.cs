using System.Text.Json.Nodes;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Agents;

/// <summary>The emulator's own fields of agent sessions.</summary>
internal static class AgentSessionFields
{
    private const string BuildsName = "_builds";
    private const string ConnectionIdName = "_connectionId";
    private const string InputsName = "_inputs";
    private const string IsPromptedName = "_prompted";

    extension(StoredElement session)
    {
        /// <summary>Gets whether an agent works on the session.</summary>
        public bool IsBusy => session.State == AgentSessionState.Busy;
    }

    extension(JsonObject session)
    {
        /// <summary>Gets or sets the collection of the element that the session builds; null when it builds none.</summary>
        public string? BuildsIn
        {
            get => (string?)session[BuildsName];
            set => session[BuildsName] = value;
        }

        /// <summary>Gets or sets the connection to which that element belongs.</summary>
        public string? SubjectConnectionId
        {
            get => (string?)session[ConnectionIdName];
            set => session[ConnectionIdName] = value;
        }

        /// <summary>Gets or sets the input that the agent has not worked on yet.</summary>
        public JsonArray? PendingInputs
        {
            get => session[InputsName] as JsonArray;
            set => session[InputsName] = value;
        }

        /// <summary>Gets or sets whether the agent has worked on the prompt with which the session began.</summary>
        public bool IsPrompted
        {
            get => (bool?)session[IsPromptedName] == true;
            set => session[IsPromptedName] = value;
        }

        /// <summary>Forgets the input that the agent has not worked on.</summary>
        public void RemovePendingInputs() => session.Remove(InputsName);
    }
}

namespace Membrane.Client;

/// <summary>Which actions are wanted. Null means any.</summary>
public sealed class ActionFilter
{
    /// <summary>The longest intent, in characters.</summary>
    public const int MaxIntentLength = 200;

    private string? intent;

    /// <summary>The connection, by id: its own actions and those of its app.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>What the action should do, in plain words, at most 200 characters: the answer is ranked by meaning.</summary>
    /// <exception cref="MembraneInputException">The text is too long.</exception>
    public string? Intent
    {
        get => intent;
        set =>
            intent =
                value?.Length > MaxIntentLength
                    ? throw new MembraneInputException(
                        ErrorIds.InvalidInput,
                        nameof(Intent),
                        $"An intent has at most {MaxIntentLength} characters; {value.Length} were given.",
                        "Say in a few words what the action should do."
                    )
                    : value;
    }

    /// <summary>The layer: universal, integration or connection.</summary>
    public string? Layer { get; set; }

    /// <summary>Whether archived actions are listed too.</summary>
    public bool IncludeArchived { get; set; }
}

using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.NativeCommands;

/// <summary>A command of a module, as the record of the module has it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Alias">The other name.</param>
/// <param name="Action">The action, by key or id.</param>
/// <param name="Output">What it emits; null where nothing is known of it.</param>
/// <param name="Parameters">What each parameter takes, by its name.</param>
internal sealed record RecordedCommand(
    string Name,
    string Alias,
    string Action,
    string? Output,
    IReadOnlyDictionary<string, string> Parameters
)
{
    /// <summary>The name as verb and noun.</summary>
    public CommandName CommandName => new(Name.Substring(0, Math.Max(0, Name.IndexOf('-'))), Name.Substring(Name.IndexOf('-') + 1), Alias);

    public static RecordedCommand Of(CommandPlan command)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in command.Parameters)
        {
            parameters[parameter.Name] = Words(parameter);
        }

        if (command.TakesMore || command.TakesWhole)
        {
            parameters[command.TakesWhole ? "InputObject" : "AdditionalInput"] = "object";
        }

        var output = command.Output;
        return new RecordedCommand(
            command.Name.Name,
            command.Name.Alias,
            command.Action,
            output is null ? null : Describe(output),
            parameters
        );
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("alias", Alias);
        writer.WriteString("action", Action);
        writer.WriteString("output", Output);
        writer.WriteStartObject("parameters");
        foreach (var parameter in Parameters)
        {
            writer.WriteString(parameter.Key, parameter.Value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Describe(OutputPlan output)
    {
        var place = output.ItemsProperty is null ? string.Empty : $" (in {output.ItemsProperty})";
        return ScriptText.Shown($"{output.TypeName}: {string.Join(", ", output.Properties)}{place}");
    }

    private static string Words(ParameterPlan parameter)
    {
        var words = new List<string> { parameter.Kind.ToString().ToLowerInvariant() + (parameter.IsArray ? "[]" : string.Empty) };
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                words.Add(name + value);
            }
        }

        Add("mandatory", parameter.IsMandatory ? string.Empty : null);
        Add("for ", parameter.Property.Equals(parameter.Name, StringComparison.Ordinal) ? null : parameter.Property);
        Add(parameter.AllowsOthers ? "such as " : "one of ", parameter.Values.Count == 0 ? null : string.Join(" | ", parameter.Values));
        Add("from ", parameter.Minimum);
        Add("to ", parameter.Maximum);
        Add("at most characters ", parameter.MaxLength?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("like ", parameter.Pattern);
        Add("format ", parameter.Format);
        Add("default ", parameter.Default);
        return ScriptText.Shown(string.Join(", ", words));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Membrane.Emulator.Ranking;

namespace Membrane.Emulator.Agents;

/// <summary>What a person asks an agent for, as far as the emulator's agent understands it.</summary>
internal sealed class Prompt
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private const string Article = @"\s+(?:me\s+)?(?:an?\s+|another\s+|the\s+)?(?:new\s+)?";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(200);

    private static readonly Regex ConnectorPattern = Make(
        @"\b(?:build|create|make|add|generate|set up)\b[^.]{0,40}?\b(?:connector|integration|connection)\b\s+(?:for|to|with)\s+"
            + @"(?<name>[^(\n]{1,80}?)\s*"
            + @"(?:\((?<url>[^)\s]+)\)|(?:at|using|from)\s+(?<url>https?://\S+)|(?<url>https?://\S+)|[.!\n]|$)"
    );

    private static readonly Regex ActionPattern = Make(
        @"\b(?:build|create|make|add|generate|write)\b"
            + Article
            + @"(?:connection-level\s+)?(?:action|tool)\b\s*"
            + @"(?:(?:to|that|which|for|called|named|:)\s+)?(?:can\s+|will\s+)?(?<request>.+)$"
    );

    private static readonly Regex FlowPattern = Make(
        @"\b(?:build|create|make|add|generate|write)\b"
            + Article
            + @"(?:flow|workflow|automation)\b\s*(?:(?:to|that|which|for|called|named|:)\s+)?(?<request>.+)$"
    );

    private static readonly Regex CollectionPattern = Make(
        @"\b(?:build|create|make|add|generate)\b"
            + Article
            + @"(?:data\s+collection|data\s+source|collection)\b\s*"
            + @"(?:(?:to|that|which|for|of|with|called|named|:)\s+)?(?<request>.+)$"
    );

    private static readonly Regex FieldMappingPattern = Make(
        @"\b(?:build|create|make|add|generate)\b"
            + Article
            + @"(?:field\s+mapping|mapping\s+of\s+fields)\b\s*"
            + @"(?:(?:to|that|which|for|of|called|named|:)\s+)?(?<request>.+)$"
    );

    // What the service has besides; asked for, it is refused by name.
    private static readonly Regex NotEmulatedPattern = Make(
        @"\b(?:build|create|make|add|generate|write|set\s+up|subscribe\s+to)\b"
            + Article
            + @"(?<request>(?:external\s+|app\s+)?events?(?:\s+(?:types?|subscriptions?|triggers?))?|webhooks?|packages?|screens?"
            + @"|(?:app\s+)?data\s+schemas?|data\s+link(?:\s+table)?s?)\b"
    );

    private static readonly Regex ConnectionPattern = Make(
        @"\b(?:for|on|in|with|using|of)?\s*(?:the\s+|my\s+)?connection(?:\s+id)?:?\s+[""'`]?(?<id>[A-Za-z0-9][A-Za-z0-9_\-]{2,99})[""'`]?"
    );

    private static readonly Regex FieldsPattern = Make(@"\bwith\s+(?:the\s+)?(?:fields?\s+|parameters?\s+)?(?<fields>.+)$");

    private static readonly Regex FollowUpPattern = Make(
        @"\b(?:add|include|support|accept)\b\s*(?:support\s+for\s+|an?\s+|the\s+|optional\s+)*(?<what>.+?)[.!]?$"
    );

    private Prompt(PromptKind kind, string subject, string? url, string? connection, IReadOnlyList<string> fields)
    {
        Kind = kind;
        Subject = subject;
        Url = url;
        Connection = connection;
        Fields = fields;
    }

    public PromptKind Kind { get; }

    /// <summary>The app's name, or what the action is to do.</summary>
    public string Subject { get; }

    public string? Url { get; }

    /// <summary>The id or key of the connection that is named.</summary>
    public string? Connection { get; }

    /// <summary>Fields that the request names with <c>with a, b and c</c>.</summary>
    public IReadOnlyList<string> Fields { get; }

    public static Prompt Read(string text)
    {
        var shortened = text.Length > 4000 ? text.Substring(0, 4000) : text;
        try
        {
            return Understand(shortened.Trim());
        }
        catch (RegexMatchTimeoutException)
        {
            return new Prompt(PromptKind.Unclear, shortened, null, null, Array.Empty<string>());
        }
    }

    /// <summary>Returns the steps of a request for a flow: what stands between "then", "and" and commas.</summary>
    public static IEnumerable<string> Steps(string request) =>
        Regex
            .Split(request, @"\s*,\s*(?:and\s+)?(?:then\s+)?|\s+and\s+then\s+|\s+then\s+|\s+and\s+", Options, MatchTimeout)
            .Select(step => step.Trim())
            .Where(step => step.Length > 0)
            .Take(20);

    private static Prompt Understand(string text)
    {
        var named = ConnectionPattern.Match(text);
        var connection = named.Success ? named.Groups["id"].Value : null;
        var action = ActionPattern.Match(text);
        if (action.Success)
        {
            var request = RequestOf(action);
            var fields = FieldsPattern.Match(request);
            var core = fields.Success ? request.Substring(0, fields.Index).Trim() : request;
            if (core.Length > 0)
            {
                return new Prompt(
                    PromptKind.Action,
                    core,
                    null,
                    connection,
                    fields.Success ? FieldNames(fields.Groups["fields"].Value) : Array.Empty<string>()
                );
            }
        }

        foreach (
            (var pattern, var kind) in new[]
            {
                (FieldMappingPattern, PromptKind.FieldMapping),
                (FlowPattern, PromptKind.Flow),
                (CollectionPattern, PromptKind.DataCollection),
                (NotEmulatedPattern, PromptKind.NotEmulated),
            }
        )
        {
            var match = pattern.Match(text);
            var request = match.Success ? RequestOf(match) : "";
            if (request.Length > 0 || (match.Success && kind == PromptKind.FieldMapping))
            {
                return new Prompt(kind, request, null, connection, Array.Empty<string>());
            }
        }

        var connector = ConnectorPattern.Match(text);
        if (connector.Success && connector.Groups["name"].Value.Trim() is { Length: > 0 } name)
        {
            var url = connector.Groups["url"].Success ? connector.Groups["url"].Value.TrimEnd('.', ',', ')') : null;
            return new Prompt(PromptKind.Connector, name.Trim('"', '\'', '`', ' '), url, null, Array.Empty<string>());
        }

        var followUp = FollowUpPattern.Match(text);
        return followUp.Success
            ? new Prompt(
                PromptKind.Extension,
                followUp.Groups["what"].Value.Trim(),
                null,
                connection,
                FieldNames(followUp.Groups["what"].Value)
            )
            : new Prompt(PromptKind.Unclear, text, null, connection, Array.Empty<string>());
    }

    /// <summary>Returns the request alone: the first line, without the connection it is for.</summary>
    private static string RequestOf(Match match) =>
        ConnectionPattern.Replace(match.Groups["request"].Value, " ").Split('\n')[0].Trim().TrimEnd('.', '!').Trim();

    /// <summary>Names of fields as an input has them: <c>due date</c> becomes <c>dueDate</c>.</summary>
    private static string[] FieldNames(string text) =>
        Regex
            .Split(text, @"\s*,\s*(?:and\s+)?|\s+and\s+", Options, MatchTimeout)
            .Select(part =>
                TextAnalyzer
                    .Split(part)
                    .Where(word => word is not ("a" or "an" or "the" or "optional" or "field" or "parameter"))
                    .Take(4)
                    .ToArray()
            )
            .Where(words => words.Length > 0)
            .Select(words => words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1))))
            .Distinct()
            .Take(20)
            .ToArray();

    private static Regex Make(string pattern) => new(pattern, Options, MatchTimeout);
}

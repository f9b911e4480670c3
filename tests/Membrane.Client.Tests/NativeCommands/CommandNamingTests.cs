using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Membrane.Client.Actions;
using Membrane.Client.Json;
using Membrane.Client.NativeCommands;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

public sealed class CommandNamingTests
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The verbs that Windows PowerShell 5.1 approves of, which later ones do too.</summary>
    private static readonly HashSet<string> Approved = new(
        (
            "Add Approve Assert Backup Block Checkpoint Clear Close Compare Complete Compress Confirm Connect Convert ConvertFrom "
            + "ConvertTo Copy Debug Deny Disable Disconnect Dismount Edit Enable Enter Exit "
            + "Expand Export Find Format Get Grant Group Hide Import Initialize Install Invoke Join Limit Lock Measure Merge Mount Move "
            + "New Open Optimize Out Ping Pop Protect Publish Push Read Receive Redo Register "
            + "Remove Rename Repair Request Reset Resize Resolve Restart Restore Resume Revoke Save Search Select Send Set Show Skip "
            + "Split Start Step Stop Submit Suspend Switch Sync Test Trace Unblock Undo Uninstall "
            + "Unlock Unprotect Unpublish Unregister Update Use Wait Watch Write"
        ).Split(' '),
        StringComparer.Ordinal
    );

    [Theory]
    [InlineData("list-conversations", "Get-SlackConversation")]
    [InlineData("get-user", "Get-SlackUserById")]
    [InlineData("get-users", "Get-SlackUser")]
    [InlineData("get-user-info", "Get-SlackUserInfo")]
    [InlineData("get-download-url", "Get-SlackDownloadUrl")]
    [InlineData("get-ip-reputation", "Get-SlackIpReputation")]
    [InlineData("get-url", "Get-SlackUrlById")]
    [InlineData("get-current-user", "Get-SlackCurrentUser")]
    [InlineData("get-contact-by-email", "Get-SlackContactByEmail")]
    [InlineData("list-download-urls", "Get-SlackDownloadUrlList")]
    [InlineData("list-tasks-by-project", "Get-SlackTaskListByProject")]
    [InlineData("get-products-list", "Get-SlackProductsList")]
    [InlineData("list-traffic-stats", "Get-SlackTrafficStatList")]
    [InlineData("post-message", "Send-SlackMessage")]
    [InlineData("create-reminder", "New-SlackReminder")]
    [InlineData("create-reminders", "New-SlackReminderBatch")]
    [InlineData("update-message", "Set-SlackMessage")]
    [InlineData("delete-message", "Remove-SlackMessage")]
    [InlineData("search-messages", "Find-SlackMessage")]
    [InlineData("archive-conversation", "Set-SlackConversationArchived")]
    [InlineData("invite-users-to-conversation", "Send-SlackUserInvitationToConversation")]
    [InlineData("add-contact-to-list", "Add-SlackContactToList")]
    [InlineData("remove-label-from-lead", "Remove-SlackLabelFromLead")]
    [InlineData("convert-csv-to-json", "Convert-SlackCsvToJson")]
    [InlineData("html-to-pdf", "Convert-SlackHtmlToPdf")]
    [InlineData("list-slack-channels", "Get-SlackChannel")]
    [InlineData("slack.post_message", "Send-SlackMessage")]
    [InlineData("postMessage", "Send-SlackMessage")]
    [InlineData("reply-to-post", "Send-SlackPostReply")]
    [InlineData("mark-message-as-read", "Set-SlackMessageAsRead")]
    [InlineData("create-or-update-lead", "Update-SlackLead")]
    [InlineData("find-or-create-project-by-external-id", "Resolve-SlackProjectByExternalId")]
    [InlineData("bulk-create-records", "New-SlackBulkRecord")]
    [InlineData("schedule-message", "New-SlackScheduledMessage")]
    [InlineData("hang-up-call", "Stop-SlackCall")]
    [InlineData("check-in-attendee", "Invoke-SlackCheckInAttendee")]
    [InlineData("sentiment-analysis", "Invoke-SlackSentimentAnalysis")]
    [InlineData("frobnicate-widget", "Invoke-SlackFrobnicateWidget")]
    [InlineData("search", "Find-SlackItem")]
    [InlineData("unsubscribe", "Unregister-SlackSubscription")]
    [InlineData("créer-événement", "Invoke-SlackCreerEvenement")]
    public void Keys_become_verbs_and_nouns(string key, string name) => Assert.Equal(name, Name("slack", key));

    [Theory]
    [InlineData(null, "Get-SlackAccountById")]
    [InlineData("""{}""", "Get-SlackAccountById")]
    [InlineData("""{ "type": "object", "properties": {} }""", "Get-SlackAccount")]
    [InlineData(
        """{ "type": "object", "properties": { "include_plan": { "type": "boolean" } }, "required": [], "additionalProperties": false }""",
        "Get-SlackAccount"
    )]
    [InlineData("""{ "type": "object", "properties": { "verbose": {} }, "required": ["verbose"] }""", "Get-SlackAccountById")]
    [InlineData("""{ "type": "object", "properties": { "accountId": { "type": "string" } } }""", "Get-SlackAccountById")]
    [InlineData("""{ "type": "object", "allOf": [{ "required": ["id"] }] }""", "Get-SlackAccountById")]
    [InlineData("""{ "$ref": "#/$defs/x", "properties": {} }""", "Get-SlackAccountById")]
    public void What_is_got_without_any_input_has_no_id(string? schema, string name)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes($$"""{ "id": "1", "key": "get-account", "inputSchema": {{schema ?? "null"}} }""")
        );
        reader.Read();
        var action = ActionReader.One.Read(ref reader, DictionaryObjectAdapter.Instance);

        Assert.Equal(
            name,
            new AppPlanner(Naming("slack"), DictionaryObjectAdapter.Instance)
                .Plan("M", "Slack", "con", [action])
                .Commands.Single()
                .Name.Name
        );
    }

    [Fact]
    public void A_key_without_a_verb_takes_that_of_the_name() =>
        Assert.Equal(
            "Get-DataforseoKeywordOverview",
            new CommandNaming("dataforseo", "DataForSEO").Name(new NamedAction("1", "keyword-overview", "Get Keyword Overview")).Name
        );

    [Fact]
    public void The_alias_is_the_app_and_the_key() =>
        Assert.Equal("slack-post-message", Naming("slack").Name(new NamedAction("1", "post-message", "Post Message")).Alias);

    [Fact]
    public void The_prefix_is_the_apps_word()
    {
        var naming = new CommandNaming("hubspot", "HubSpot", "Crm");

        Assert.Equal("New-CrmContact", naming.Name(new NamedAction("1", "create-contact", null)).Name);
        Assert.Equal("crm-create-contact", naming.Name(new NamedAction("1", "create-contact", null)).Alias);
        Assert.Equal("GoogleDocs", Naming("google-docs").Prefix);
    }

    [Theory]
    [InlineData("item", "list-properties")]
    [InlineData("event", "list-logs")]
    [InlineData("web", "invoke-request")]
    [InlineData("child", "list-items")]
    [InlineData("Content", "get")]
    [InlineData("", "list-items")]
    [InlineData("\u0410", "get")]
    [InlineData("x", "\u202E\u200B")]
    public void No_name_is_that_of_a_built_in_command_or_invalid(string app, string key)
    {
        var name = Name(app, key);

        Assert.False(BuiltInCommands.Contains(name), name);
        Assert.Matches("^[A-Z][A-Za-z]+-[A-Z0-9][A-Za-z0-9]+$", name);
    }

    [Fact]
    public void The_commands_of_this_module_are_built_in()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Membrane.psd1")))
        {
            folder = folder.Parent;
        }

        var commands = Regex.Matches(File.ReadAllText(Path.Combine(folder!.FullName, "Membrane.psd1")), "'([A-Za-z]+-Membrane[A-Za-z]*)'");
        Assert.NotEmpty(commands);
        Assert.All(commands.Cast<Match>(), static command => Assert.True(BuiltInCommands.Contains(command.Groups[1].Value), command.Value));
    }

    [Theory]
    [InlineData("membrane", "new-token", "New-MembraneAppToken")]
    [InlineData("membrane", "list-connections", "Get-MembraneAppConnection")]
    [InlineData("ps", "install-resource", "Install-PsAppResource")]
    [InlineData("ps", "enable-remoting", "Enable-PsAppRemoting")]
    public void A_command_that_others_type_secrets_for_has_another_name(string app, string key, string name) =>
        Assert.Equal(name, Name(app, key));

    [Fact]
    public void Names_of_any_keys_are_unique_and_valid()
    {
        var random = new Random(7);
        var actions = Enumerable
            .Range(0, 3000)
            .Select(index => new NamedAction($"{index}", RandomKey(random), index % 3 == 0 ? RandomKey(random) : null))
            .ToArray();

        var names = Naming("app").NameAll(actions);

        Assert.Equal(actions.Length, names.Count);
        Assert.Equal(actions.Length, names.Values.Select(static name => name.Name.ToUpperInvariant()).Distinct().Count());
        Assert.Equal(actions.Length, names.Values.Select(static name => name.Alias.ToUpperInvariant()).Distinct().Count());
        Assert.All(names.Values, static name => Assert.Contains(name.Verb, Approved));
        Assert.All(names.Values, static name => Assert.Matches("^[A-Z0-9][A-Za-z0-9]+$", name.Noun));
        Assert.All(names.Values, static name => Assert.Matches("^[a-z0-9-]+$", name.Alias));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_name_stays_when_actions_are_added(int seed)
    {
        // Few words, so that many would be called the same.
        var random = new Random(seed);
        string[] verbs = ["list", "get", "create", "add", "insert", "update", "change", "delete", "remove", "search", "find", "retrieve"];
        string[] nouns = ["item", "items", "status", "statuses", "item-list", "items-by-id", "item-by-id"];
        var all = verbs
            .SelectMany(verb => nouns.Select(noun => verb + "-" + noun))
            .OrderBy(_ => random.Next())
            .Select((key, index) => new NamedAction($"{index}", key, null, Beginning.AddDays(index)))
            .ToArray();

        var before = new Dictionary<string, CommandName>();
        for (var count = 1; count <= all.Length; count++)
        {
            // In which order the service lists them does not matter.
            var names = Naming("app").NameAll(all.Take(count).OrderBy(_ => random.Next()));
            Assert.All(before, old => Assert.Equal(old.Value, names[old.Key]));
            before = names.ToDictionary(static name => name.Key, static name => name.Value);
        }

        Assert.Equal(all.Length, before.Values.Select(static name => name.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Known_names_are_kept_whatever_is_added()
    {
        NamedAction add = new("1", "insert-item", null);
        var first = Naming("app").NameAll([add])["1"];

        var names = Naming("app")
            .NameAll([new NamedAction("2", "add-item", null), add], new Dictionary<string, CommandName> { ["1"] = first });

        Assert.Equal("Add-AppItem", names["1"].Name);
        Assert.Equal("Add-AppItemAdd", names["2"].Name);
    }

    [Fact]
    public void What_lists_and_what_gets_one_never_share_a_name()
    {
        string[] nouns = ["contact", "status", "user", "deal", "balance", "profile", "news", "person", "company"];
        foreach (var noun in nouns)
        {
            var many = noun switch
            {
                "person" => "people",
                "company" => "companies",
                "status" => "statuses",
                "news" => "news",
                _ => noun + "s",
            };
            Assert.NotEqual(Name("app", "get-" + noun), Name("app", "list-" + many));
            Assert.NotEqual(Name("app", "create-" + noun), Name("app", "create-" + many + (noun == "news" ? "-batch" : string.Empty)));
        }
    }

    private static CommandNaming Naming(string app) => new(app, null);

    private static string Name(string app, string key) => Naming(app).Name(new NamedAction("1", key, null)).Name;

    private static string RandomKey(Random random) =>
        string.Concat(
            Enumerable
                .Range(0, random.Next(0, 12))
                .Select(_ =>
                    random.Next(6) switch
                    {
                        0 => "-",
                        1 => new[] { "get", "list", "create", "to", "by", "item", "items", "status" }[random.Next(8)] + "-",
                        2 => ((char)random.Next(32, 0x3000)).ToString(),
                        3 => new[] { "'", "$(x)", "\n", "\u202E", "\uD83D", "`", "\"", "\u2019" }[random.Next(8)],
                        4 => ((char)random.Next('A', 'Z' + 1)).ToString(),
                        _ => ((char)random.Next('a', 'z' + 1)).ToString(),
                    }
                )
        );
}

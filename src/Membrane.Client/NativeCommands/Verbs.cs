using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>The verbs that keys of actions begin with, and the approved verbs of PowerShell that say the same.</summary>
internal static class Verbs
{
    /// <summary>The verb of what no other rule knows; its noun is the whole key.</summary>
    public const string Other = "Invoke";

    /// <summary>Verbs of keys that are approved verbs and mean the same.</summary>
    private const string Same =
        "add approve assert backup block checkpoint clear close compare complete compress confirm connect convert copy debug deny "
        + "disable disconnect "
        + "edit enable enter exit expand export find get grant hide import initialize install invoke join lock measure merge mount move "
        + "new open optimize ping "
        + "protect publish push read redo register remove rename repair request reset resize resolve restart restore resume revoke save "
        + "send set show skip split start "
        + "step stop submit suspend switch sync test trace unblock undo uninstall unlock unpublish unregister wait watch write";

    /// <summary>
    /// Verb of PowerShell, then the verbs of keys that are said with it. A dash stands for the noun, with what goes before or after it.
    /// </summary>
    private const string Said =
        "Get: list retrieve fetch view describe;"
        + "Find: search detect discover;"
        + "Resolve: lookup geocode;"
        + "New: create generate make compose draft;"
        + "New Scheduled-: schedule;"
        + "New -Booking: book;"
        + "New -Reservation: reserve;"
        + "New -Refund: refund;"
        + "Set: update change adjust configure mark customize;"
        + "Edit: modify;"
        + "Set -Assignee: assign reassign;"
        + "Set -Archived: archive;"
        + "Set -Unarchived: unarchive;"
        + "Update: replace upsert patch overwrite refresh;"
        + "Remove: delete destroy drop erase detach unassign discard void;"
        + "Remove -Tag: untag;"
        + "Remove -Label: unlabel;"
        + "Clear: purge empty flush wipe;"
        + "Add: insert append attach apply prepend;"
        + "Add -Tag: tag;"
        + "Add -Label: label;"
        + "Add -Comment: comment;"
        + "Add -Rating: rate;"
        + "Send: post upload deliver message notify;"
        + "Send -Reply: reply;"
        + "Send -Forward: forward;"
        + "Send -Again: resend;"
        + "Send -Invitation: invite;"
        + "Receive: download;"
        + "Copy: clone duplicate;"
        + "Test: check verify validate is has;"
        + "Measure: count calculate compute estimate;"
        + "Invoke: run execute call perform process;"
        + "Invoke -Query: query;"
        + "Invoke -Analysis: analyze analyse;"
        + "Invoke -Enrichment: enrich;"
        + "Invoke -Evaluation: evaluate;"
        + "Invoke -Transition: transition;"
        + "Start: trigger launch begin;"
        + "Start -Build: build;"
        + "Publish: deploy;"
        + "Restart: retry rerun;"
        + "Stop: cancel abort terminate kill end finish hangup;"
        + "Suspend: pause hold;"
        + "Enable: activate;"
        + "Disable: deactivate;"
        + "Switch: toggle;"
        + "Open: reopen;"
        + "Deny: reject decline disapprove;"
        + "Approve: accept;"
        + "Connect: link associate;"
        + "Disconnect: unlink disassociate;"
        + "Register: subscribe enroll;"
        + "Unregister: unsubscribe unenroll;"
        + "Restore: undelete untrash revert recover rollback;"
        + "Trace: track;"
        + "Grant -Access: share;"
        + "Revoke -Access: unshare;"
        + "Protect: encrypt;"
        + "Unprotect: decrypt;"
        + "ConvertTo: encode;"
        + "ConvertFrom: decode;"
        + "Get -Hash: hash;"
        + "Show: preview display browse;"
        + "Limit: restrict throttle;"
        + "Wait: await;"
        + "Sync: synchronize;"
        + "Repair: fix;"
        + "Install: setup;"
        + "Request: order";

    /// <summary>Verbs of two words.</summary>
    private const string Phrases =
        "hang up: Stop;look up: Resolve;shut down: Stop;turn on: Enable;turn off: Disable;power on: Start;power off: Stop;set up: "
        + "Initialize;"
        + "roll back: Restore;find or create: Resolve;get or create: Resolve;find and update: Update;create or update: Update;create or "
        + "replace: Update;add or update: Update;"
        + "update or create: Update;insert or update: Update";

    private static readonly Dictionary<string, VerbRule> Words = ReadWords();
    private static readonly IReadOnlyList<(string[] Words, VerbRule Rule)> Several = ReadPhrases();

    private static readonly HashSet<string> Approved = new(
        Words.Values.Concat(Several.Select(static phrase => phrase.Rule)).Select(static rule => rule.Verb).Append(Other),
        StringComparer.Ordinal
    );

    /// <summary>Returns whether commands of apps begin with this verb of PowerShell, in this spelling.</summary>
    public static bool Contains(string verb) => Approved.Contains(verb);

    /// <summary>The rule for the verb that the words begin with, and how many words it has; null where they begin with none.</summary>
    public static (VerbRule Rule, int Count)? Find(IReadOnlyList<string> words, int start)
    {
        foreach ((var phrase, var rule) in Several)
        {
            if (phrase.SequenceEqual(words.Skip(start).Take(phrase.Length), StringComparer.Ordinal))
            {
                return (rule, phrase.Length);
            }
        }

        // To check in and to sign up is not to check and to sign.
        var isPhrase =
            start + 1 < words.Count
            && words[start + 1] is "in" or "out" or "up" or "off"
            && words[start] is not ("get" or "list" or "create" or "update" or "delete");
        return start < words.Count && !isPhrase && Words.TryGetValue(words[start], out var found) ? (found, 1) : null;
    }

    private static Dictionary<string, VerbRule> ReadWords()
    {
        var words = new Dictionary<string, VerbRule>(StringComparer.Ordinal);
        foreach (var word in Same.Split(' '))
        {
            words.Add(word, new VerbRule(char.ToUpperInvariant(word[0]) + word.Substring(1)));
        }

        foreach (var line in Said.Split(';'))
        {
            var sides = line.Split(':');
            var rule = ReadRule(sides[0]);
            foreach (var word in sides[1].Trim().Split(' '))
            {
                words.Add(word, rule);
            }
        }

        return words;
    }

    private static (string[] Words, VerbRule Rule)[] ReadPhrases() =>
        Phrases
            .Split(';')
            .Select(static line => line.Split(':'))
            .Select(static sides => (sides[0].Split(' '), ReadRule(sides[1].Trim())))
            .ToArray();

    private static VerbRule ReadRule(string text)
    {
        var parts = text.Split(' ');
        var noun = parts.Length > 1 ? parts[1].Split('-') : ["", ""];
        return new VerbRule(
            parts[0],
            noun[0].Length > 0 ? noun[0].ToLowerInvariant() : null,
            noun[1].Length > 0 ? noun[1].ToLowerInvariant() : null
        );
    }
}

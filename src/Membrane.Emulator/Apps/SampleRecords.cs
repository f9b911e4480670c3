using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>Records that look like those of a real workspace: three of each noun, whose parts fit each other.</summary>
internal sealed class SampleRecords(EmulatorClock clock)
{
    private const char Or = '|';
    private const char List = '+';

    // The values of a field: for the nouns that are named, or for all others. Numbers of days are times from now on.
    private static readonly (string Nouns, string Field, string Values)[] Known =
    [
        ("", "firstName", "Ada|Grace|Alan"),
        ("", "lastName", "Lovelace|Hopper|Turing"),
        ("", "email", "ada@example.com|grace@example.com|alan@example.com"),
        ("", "phone", "+1 202 555 0114|+1 202 555 0133|+44 20 7946 0958"),
        ("", "company", "Northwind Traders|Contoso|Fabrikam"),
        ("", "jobTitle", "Head of Operations|Software Engineer|Researcher"),
        ("company organization account vendor supplier", "name", "Northwind Traders|Contoso|Fabrikam"),
        ("", "domain", "northwind.example|contoso.example|fabrikam.example"),
        ("", "industry", "Wholesale|Software|Manufacturing"),
        ("deal opportunity", "name", "Northwind renewal|Contoso pilot|Fabrikam rollout"),
        ("", "amount", "12000|4500|48000.5"),
        ("", "stage", "qualified|proposal|won"),
        ("", "closeDate", "+14d|+30d|-3d"),
        ("", "text", "The release is out.|Can you look at the build?|Lunch at noon?"),
        ("note", "text", "Call back about the renewal.|Prefers e-mail.|Met at the conference."),
        ("reminder", "text", "Send the weekly report|Renew the certificate|Water the plants"),
        ("", "channel", "general|engineering|random"),
        ("", "to", "ada@example.com|grace@example.com|alan@example.com"),
        ("", "subject", "Welcome|Your invoice|Agenda for Monday"),
        ("", "body", "Good to have you here.|The invoice is attached.|Please add your points."),
        ("", "title", "Overview|Getting started|Release notes"),
        ("task todo to-do", "title", "Send the offer|Prepare the demo|Review the contract"),
        ("issue bug ticket case", "title", "Sign-in fails on Safari|Export is slow|Typo on the start page"),
        ("pull-request merge-request", "title", "Fix the sign-in|Make the export faster|Correct a typo"),
        ("event meeting appointment", "title", "Weekly sync|Design review|Demo for Contoso"),
        ("", "description", "Agreed with Ada.|Needs a second look.|Small, but visible."),
        ("", "dueDate", "+1d|+3d|+7d"),
        ("", "assignee", "ada|grace|alan"),
        ("", "status", "open|open|done"),
        ("order", "status", "paid|shipped|delivered"),
        ("", "labels", "bug+browser|performance|documentation"),
        ("", "priority", "high|medium|low"),
        ("channel conversation room", "name", "general|engineering|random"),
        ("", "topic", "Everything for everyone|Builds and releases|The rest"),
        ("", "isPrivate", "false|true|false"),
        ("user member", "name", "Ada Lovelace|Grace Hopper|Alan Turing"),
        ("", "role", "owner|admin|member"),
        ("", "content", "What this is about.|The first steps.|What has changed."),
        ("", "startTime", "+1d|+2d|+5d"),
        ("", "endTime", "+1d|+2d|+5d"),
        ("", "location", "Room 2|Online|Berlin"),
        ("", "attendees", "ada@example.com+grace@example.com|alan@example.com|ada@example.com"),
        ("repository repo", "name", "website|mobile-app|infrastructure"),
        ("", "head", "fix-sign-in|fast-export|typo"),
        ("", "base", "main|main|main"),
        ("", "number", "2026-0041|2026-0042|2026-0043"),
        ("", "customer", "Northwind Traders|Contoso|Fabrikam"),
        ("", "currency", "USD|EUR|GBP"),
        ("product item", "name", "Desk lamp|Office chair|Standing desk"),
        ("", "price", "39.9|249|599"),
        ("", "sku", "LAMP-01|CHAIR-02|DESK-03"),
        ("", "total", "79.8|249|1198"),
        ("file attachment", "name", "offer.pdf|logo.png|figures.csv"),
        ("", "contentType", "application/pdf|image/png|text/csv"),
        ("", "size", "48213|9120|1204"),
        ("", "url", "https://files.example/offer.pdf|https://files.example/logo.png|https://files.example/figures.csv"),
        ("", "time", "+1d|+2d|+7d"),
        ("reaction", "name", "thumbsup|eyes|tada"),
        ("project board list workspace folder", "name", "Website|Mobile app|Hiring"),
    ];

    private static readonly string[] Ordinals = ["First", "Second", "Third"];

    private static readonly Dictionary<(string Noun, string Field), string[]> Values = Known
        .SelectMany(static known => known.Nouns.Split(' ').Select(noun => (Key: (noun, known.Field), Values: known.Values.Split(Or))))
        .ToDictionary(static known => known.Key, static known => known.Values);

    /// <summary>Returns the fields of three records.</summary>
    /// <param name="noun">What one of them is: contact, pull-request.</param>
    public IEnumerable<JsonObject> Of(string noun)
    {
        var fields = RecordShape.Of(noun).Fields;
        for (var index = 0; index < Ordinals.Length; index++)
        {
            var record = new JsonObject();
            foreach (var field in fields)
            {
                if (Value(noun, field, index) is { } value)
                {
                    record[field.Name] = value;
                }
            }

            yield return record;
        }
    }

    // Of a longer noun the last word counts, as for its fields.
    private JsonNode? Value(string noun, RecordField field, int index)
    {
        var lastWord = noun.Substring(noun.LastIndexOf('-') + 1);
        if (
            Values.TryGetValue((noun, field.Name), out var values)
            || Values.TryGetValue((lastWord, field.Name), out values)
            || Values.TryGetValue(("", field.Name), out values)
        )
        {
            return Read(values[index], field.Type);
        }

        return field.Required ? $"{Ordinals[index]} {noun.Replace('-', ' ')}" : null;
    }

    private JsonNode Read(string text, string type) =>
        type switch
        {
            "number" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "boolean" => bool.Parse(text),
            "list" => new JsonArray(text.Split(List).Select(static item => (JsonNode)item).ToArray()),
            _ when text.EndsWith("d", StringComparison.Ordinal)
                    && int.TryParse(text.TrimEnd('d'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) => (
                clock.Now + TimeSpan.FromDays(days)
            ).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => text,
        };
}

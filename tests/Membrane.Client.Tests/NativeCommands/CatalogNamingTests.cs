using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

/// <summary>
/// Every action of a catalog of real apps gets a good name. With MEMBRANE_NAMES_REPORT the names are written to that file.
/// </summary>
public sealed class CatalogNamingTests
{
    [CatalogFact]
    public void Every_action_has_a_valid_and_unique_name_in_its_app()
    {
        foreach (var app in CatalogApp.ReadAll())
        {
            var names = app.Naming.NameAll(app.Actions);
            Assert.Equal(app.Actions.Count, names.Count);
            Assert.Equal(app.Actions.Count, names.Values.Select(static name => name.Name.ToUpperInvariant()).Distinct().Count());
            Assert.Equal(app.Actions.Count, names.Values.Select(static name => name.Alias.ToUpperInvariant()).Distinct().Count());
            Assert.All(names.Values, static name => Assert.Matches("^[A-Z][A-Za-z]+-[A-Z0-9][A-Za-z0-9]+$", name.Name));
        }
    }

    [CatalogFact]
    public void Names_are_the_same_alone_and_together()
    {
        var count = 0;
        var different = new List<string>();
        foreach (var app in CatalogApp.ReadAll())
        {
            var names = app.Naming.NameAll(app.Actions);
            count += names.Count;
            different.AddRange(
                app.Actions.Where(action => names[action.Id] != app.Naming.Name(action))
                    .Select(action => $"{app.Slug}: {action.Key} {names[action.Id]} instead of {app.Naming.Name(action)}")
            );
        }

        WriteReport("different", different);
        // Of two that are called the same the newer one says more; that is rare.
        Assert.InRange(different.Count, 0, count / 1000);
    }

    [CatalogFact]
    public void A_report_of_verbs_and_of_a_hundred_names_can_be_written()
    {
        var all = (
            from app in CatalogApp.ReadAll()
            let names = app.Naming.NameAll(app.Actions)
            from action in app.Actions
            select (app.Slug, action.Key, Name: names[action.Id])
        ).ToArray();
        var random = new Random(
            int.Parse(Environment.GetEnvironmentVariable("MEMBRANE_NAMES_SEED") ?? "7", System.Globalization.CultureInfo.InvariantCulture)
        );
        WriteReport(
            "verbs",
            all.GroupBy(static one => one.Name.Verb)
                .OrderByDescending(static verb => verb.Count())
                .Select(static verb => $"{verb.Key} {verb.Count()}")
        );
        WriteReport("hundred", all.OrderBy(_ => random.Next()).Take(100).Select(static one => $"| {one.Slug} | {one.Key} | {one.Name} |"));
        WriteReport("all", all.Select(static one => $"{one.Slug} {one.Key} {one.Name}"));
        Assert.NotEmpty(all);
    }

    private static void WriteReport(string part, IEnumerable<string> lines)
    {
        if (Environment.GetEnvironmentVariable("MEMBRANE_NAMES_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText($"{path}.{part}.txt", string.Join("\n", lines) + "\n", Encoding.UTF8);
        }
    }
}

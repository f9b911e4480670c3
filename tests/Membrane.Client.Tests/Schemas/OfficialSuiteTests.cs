using System;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class OfficialSuiteTests
{
    private const string Draft4 = "http://json-schema.org/draft-04/schema#";

    [PackagedSuiteFact]
    public void Every_required_test_of_draft_04_has_its_outcome()
    {
        var (count, failures) = new OfficialSuite(OfficialSuite.PackageFolder!).Run("draft4", Draft4);

        Assert.Empty(failures);
        Assert.Equal(263, count);
    }

    [PackagedSuiteFact]
    public void A_schema_that_names_no_draft_is_read_as_draft_04_reads_it_except_for_id()
    {
        var suite = new OfficialSuite(OfficialSuite.PackageFolder!);
        // The one schema of the suite that uses draft-04's "id"; without it its reference leads nowhere else.
        suite.Documents[new Uri("membrane-schema://nameless/folderInteger.json")] = Json.Parse("""{ "type": "integer" }""");

        var (count, failures) = suite.Run("draft4");

        Assert.Empty(failures);
        Assert.Equal(263, count);
    }

    [CopiedSuiteTheory]
    [InlineData("draft4", Draft4)]
    [InlineData("draft7", "http://json-schema.org/draft-07/schema#")]
    [InlineData("draft2020-12", "https://json-schema.org/draft/2020-12/schema")]
    public void Every_required_test_of_a_draft_has_its_outcome(string draft, string dialect)
    {
        var (count, failures) = new OfficialSuite(OfficialSuite.CopyFolder!).Run(draft, dialect);

        Assert.Empty(failures);
        Assert.True(count > 500, $"The suite in {OfficialSuite.FolderVariable} has only {count} tests of {draft}.");
    }
}

using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class OfficialSuiteTests
{
    [SuiteFact]
    public void Every_required_test_of_draft_04_has_its_outcome()
    {
        var (count, failures) = OfficialSuite.Run("draft4", new JsonSchemaOptions { DefaultDraft = JsonSchemaDraft.Draft4 });

        Assert.Empty(failures);
        Assert.Equal(263, count);
    }

    [SuiteFact]
    public void A_schema_that_names_no_draft_is_read_as_draft_04_reads_it_except_for_id()
    {
        var options = new JsonSchemaOptions();
        // The one schema of the suite that uses draft-04's "id"; without it its reference leads nowhere else.
        options.Documents[new System.Uri("membrane-schema://nameless/folderInteger.json")] = Json.Parse("""{ "type": "integer" }""");

        var (count, failures) = OfficialSuite.Run("draft4", options);

        Assert.Empty(failures);
        Assert.Equal(263, count);
    }
}

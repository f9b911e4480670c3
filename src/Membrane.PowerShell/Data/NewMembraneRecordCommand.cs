using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Data;

namespace Membrane.PowerShell.Data;

/// <summary>
/// Creates records in a data collection, one for each input (POST …/data/{dataCollectionKey}/create). The service answers
/// with the id; pipe the record to Get-MembraneRecord to read its fields.
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneRecord", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneRecord.md")]
[OutputType(typeof(DataRecord))]
public sealed class NewMembraneRecordCommand : MembraneRecordChangeCommand
{
    /// <summary>The fields: a hashtable or any object with properties; of a record from elsewhere, its fields.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [ValidateNotNull]
    public PSObject? Fields { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Fields;

    private protected override string Activity => "Creating records";

    /// <inheritdoc/>
    protected override void Process() => ForEachItem([Fields!], static fields => fields, Create);

    private void Create(PSObject input)
    {
        CollectionPointer pointer = Point();
        object fields = input.BaseObject is DataRecord record ? record.Fields! : input;
        Func<CancellationToken, Task<DataRecord>> create = BatchClient.Data.PrepareCreate(pointer, fields);
        if (ShouldProcess($"{pointer.Key} of {pointer.ConnectionId}", "Create record"))
        {
            Submit(input, async token => await create(token).ConfigureAwait(false));
        }
        else
        {
            Decline();
        }
    }
}

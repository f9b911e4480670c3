using System;
using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Changes a connection: the given fields (PATCH /connections/{id}), or all of them with -Replace (PUT /connections/{id}).
/// </summary>
[Cmdlet(VerbsCommon.Set, "MembraneConnection", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneConnection.md")]
[OutputType(typeof(Connection))]
public sealed class SetMembraneConnectionCommand : MembraneConnectionsCommand
{
    /// <summary>The name.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The key, 1 to 100 characters. An empty text takes it away.</summary>
    [Parameter]
    [ValidateLength(0, 100)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Key { get; set; }

    /// <summary>The way of authentication.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AuthOptionKey { get; set; }

    /// <summary>The version of the connector.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ConnectorVersion { get; set; }

    /// <summary>
    /// The credentials, as the connector wants them. Values may be secure strings; they are sent in plain text over https.
    /// </summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Credentials { get; set; }

    /// <summary>The settings of the connector.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? ConnectorParameters { get; set; }

    /// <summary>The input values that the connector asks for (the API's field input).</summary>
    [Parameter]
    [Alias("Input")]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? InputValue { get; set; }

    /// <summary>Free key-value data to keep on the connection.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Meta { get; set; }

    /// <summary>Further fields of the connection, under the API's own names; $null takes one away.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Property { get; set; }

    /// <summary>Replace the connection as a whole: what is not given is gone.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Emit the changed connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Activity => "Changing connections";

    private protected override void Process(ConnectionReference connection)
    {
        var change = Prepare();
        if (!ShouldProcess(connection.Words, Replace ? "Replace connection" : "Change connection"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var resolver = Batch.Client.ConnectionResolver;
        Submit(
            connection,
            async (id, token) =>
            {
                var changed = await change(id, token).ConfigureAwait(false);
                resolver.ForgetId(id);
                return PassThru ? changed : null;
            }
        );
    }

    // The values of the fields may be script, so they are written on the pipeline thread.
    private Func<string, CancellationToken, Task<Connection>> Prepare() =>
        Batch.Client.Connections.PrepareChange(
            new ConnectionContent
            {
                Name = Name,
                Key = MyInvocation.BoundParameters.ContainsKey(nameof(Key)) ? Key ?? string.Empty : null,
                AuthOptionKey = AuthOptionKey,
                ConnectorVersion = ConnectorVersion,
                Credentials = Members.Reveal(Credentials),
                ConnectorParameters = ConnectorParameters,
                Input = InputValue,
                Meta = Meta,
                More = Members.Of(Property),
            },
            Replace
        );
}

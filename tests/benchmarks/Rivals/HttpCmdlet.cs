// What a cmdlet costs that does no more than the bare client: one run for each object, through one HttpClient.
using System.Management.Automation;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;

[Cmdlet(VerbsLifecycle.Invoke, "HttpRun")]
public sealed class InvokeHttpRunCommand : PSCmdlet
{
    private static readonly HttpClient Http = new();

    [Parameter(Mandatory = true, Position = 0)]
    public string Address { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(RunAsync((string)InputObject.Properties["email"].Value).GetAwaiter().GetResult());

    private async Task<object> RunAsync(string email)
    {
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { input = new { email } }));
        body.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/actions/act_1/run?connectionId=con_1") { Content = body };
        request.Headers.Authorization = new("Bearer", "token");
        using var answer = await Http.SendAsync(request).ConfigureAwait(false);
        return await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
    }
}

using System;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>A person with a browser: goes where a page leads, and reads what stands in it.</summary>
internal sealed class Visitor(TestWorkspace workspace)
{
    private readonly Caller browser = workspace.Nobody;

    /// <summary>The address at which the visitor has arrived.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Opens an address and follows where it leads.</summary>
    public async Task<Answer> Open(string address) => await Follow(address, await browser.Get(address));

    /// <summary>Opens an address by a form and follows where it leads.</summary>
    public async Task<Answer> Post(string address, params (string Name, string Value)[] fields) =>
        await Follow(address, await browser.Submit(address, fields));

    /// <summary>Answers the page; does not follow, so that a test can see where it leads.</summary>
    public Task<Answer> Decide(string decision, params (string Name, string Value)[] fields) =>
        browser.Submit(Address, [("decision", decision), .. fields]);

    /// <summary>What the page tells the window that opened it.</summary>
    public static JsonElement Outcome(Answer page)
    {
        var block = Regex.Match(page.Text, "<script type=\"application/json\" id=\"outcome\">(.*?)</script>", RegexOptions.Singleline);
        return block.Success
            ? JsonDocument.Parse(block.Groups[1].Value).RootElement
            : throw new InvalidOperationException("There is no outcome in " + page.Text);
    }

    public static string Title(Answer page) => System.Net.WebUtility.HtmlDecode(Regex.Match(page.Text, "<h1>(.*?)</h1>").Groups[1].Value);

    private async Task<Answer> Follow(string address, Answer answer)
    {
        Address = address;
        while (answer.Response.Headers.Location is { } next)
        {
            Address = next.ToString();
            answer = await browser.Get(Address);
        }

        return answer;
    }
}

using System;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>What an app said to a run is told apart from what the service says.</summary>
public sealed class AppErrorTests
{
    [Theory]
    [InlineData("""{"type":"connection","key":"rate_limit_exceeded","message":"m"}""", ErrorIds.RateLimitExceeded, 429)]
    [InlineData("""{"message":"m","data":{"status":429}}""", ErrorIds.RateLimitExceeded, 429)]
    [InlineData("""{"message":"m","data":{"statusCode":"429"}}""", ErrorIds.RateLimitExceeded, 429)]
    [InlineData(
        """{"type":"unit_run","causedByError":{"message":"m","data":{"response":{"status":429}}}}""",
        ErrorIds.RateLimitExceeded,
        429
    )]
    [InlineData("""{"type":"connection","key":"access_token_expired","message":"m"}""", ErrorIds.ConnectionProblem, 401)]
    [InlineData("""{"message":"m","data":{"status":401}}""", ErrorIds.ConnectionProblem, 401)]
    [InlineData("""{"type":"bad_request","key":"access_denied","message":"m"}""", ErrorIds.AppAccessDenied, 403)]
    [InlineData("""{"message":"m","data":{"status":403}}""", ErrorIds.AppAccessDenied, 403)]
    [InlineData("""{"message":"m","data":{"status":500}}""", ErrorIds.ActionRunFailed, null)]
    [InlineData("""{"message":"m","data":"429"}""", ErrorIds.ActionRunFailed, null)]
    [InlineData("""{"message":"m"}""", ErrorIds.ActionRunFailed, null)]
    public async Task The_cause_of_a_failed_run_chooses_the_error(string cause, string expected, int? status)
    {
        var error = await Run(Answer.Json($$"""{"type":"action_run","message":"It failed.","causedByError":{{cause}}}""", 400));

        Assert.Equal(expected, error.ErrorId);
        Assert.Equal(status, error.AppStatus);
        if (status == 429)
        {
            Assert.Contains("The app behind the connection, not Membrane", error.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"type":"bad_request","key":"rate_limit_exceeded"}""")]
    [InlineData("{}")]
    [InlineData("slow down")]
    public async Task The_services_own_limit_is_not_the_apps(string body)
    {
        var error = await Run(Answer.Text(body, null, 429));

        Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
        Assert.Null(error.AppStatus);
        Assert.DoesNotContain("app", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The action failed: Slack says no.", "Slack says no.", "The action failed: Slack says no.")]
    [InlineData("Slack says no.", "Slack says no", "Slack says no")]
    [InlineData("no", "A note is missing.", "no Caused by: A note is missing.")]
    public async Task A_cause_that_the_message_says_already_is_not_said_again(string message, string cause, string expected)
    {
        var error = await Run(
            Answer.Json($$$"""{"type":"action_run","message":"{{{message}}}","causedByError":{"message":"{{{cause}}}"}}""", 400)
        );

        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("before \u001b]0;title\u0007\u001b[31m after", "before \\u001b]0;title\\u0007\\u001b[31m after")]
    [InlineData("a\rb\nc\td\r\ne", "a\\u000db\nc\td\r\ne")]
    [InlineData("\u202etxt.exe \u2066x\u2069 \u009b31m", "\\u202etxt.exe \\u2066x\\u2069 \\u009b31m")]
    [InlineData("Zoë 日本語 👩‍💻", "Zoë 日本語 👩‍💻")]
    public void A_message_shows_what_would_steer_a_terminal(string text, string expected) =>
        Assert.Equal(expected, new MembraneException(ErrorIds.Unexpected, text).Message);

    private static async Task<MembraneApiException> Run(Answer answer)
    {
        using var server = new ScriptedServer { Otherwise = _ => answer };
        using var client = Make.Client(server);
        return await Assert.ThrowsAsync<MembraneApiException>(() => client.Actions.RunAsync(new ActionSelector("send"), null).Within());
    }
}

using Membrane.Client.NativeCommands;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

public sealed class NounTests
{
    [Theory]
    [InlineData("contacts", "contact")]
    [InlineData("companies", "company")]
    [InlineData("statuses", "status")]
    [InlineData("addresses", "address")]
    [InlineData("analyses", "analysis")]
    [InlineData("people", "person")]
    [InlineData("children", "child")]
    [InlineData("boxes", "box")]
    [InlineData("branches", "branch")]
    [InlineData("caches", "cache")]
    [InlineData("cases", "case")]
    [InlineData("databases", "database")]
    [InlineData("responses", "response")]
    [InlineData("movies", "movie")]
    [InlineData("quizzes", "quiz")]
    [InlineData("aliases", "alias")]
    [InlineData("indices", "index")]
    [InlineData("criteria", "criterion")]
    [InlineData("skus", "sku")]
    [InlineData("ids", "id")]
    [InlineData("apis", "api")]
    [InlineData("urls", "url")]
    [InlineData("menus", "menu")]
    [InlineData("leaves", "leave")]
    [InlineData("shelves", "shelf")]
    [InlineData("heroes", "hero")]
    [InlineData("videos", "video")]
    [InlineData("crises", "crisis")]
    [InlineData("hypotheses", "hypothesis")]
    public void Many_become_one(string many, string one)
    {
        Assert.Equal(one, Nouns.Singular(many));
        Assert.True(Nouns.IsPlural(many));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("media")]
    [InlineData("news")]
    [InlineData("series")]
    [InlineData("status")]
    [InlineData("address")]
    [InlineData("analysis")]
    [InlineData("analytics")]
    [InlineData("access")]
    [InlineData("bus")]
    [InlineData("campus")]
    [InlineData("basis")]
    [InlineData("sms")]
    [InlineData("dns")]
    [InlineData("https")]
    [InlineData("whois")]
    [InlineData("company")]
    [InlineData("s")]
    [InlineData("")]
    public void One_stays_one(string word)
    {
        Assert.Equal(word, Nouns.Singular(word));
        Assert.False(Nouns.IsPlural(word));
    }
}

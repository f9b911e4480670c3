using Membrane.Client.English;
using Xunit;

namespace Membrane.Client.Tests.English;

public sealed class PluralizerTests
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
        Assert.Equal(one, Pluralizer.Singular(many));
        Assert.True(Pluralizer.IsPlural(many));
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
        Assert.Equal(word, Pluralizer.Singular(word));
        Assert.False(Pluralizer.IsPlural(word));
    }

    [Theory]
    [InlineData("api", "apis")]
    [InlineData("ad", "ads")]
    [InlineData("sku", "skus")]
    [InlineData("company", "companies")]
    [InlineData("key", "keys")]
    [InlineData("analysis", "analyses")]
    [InlineData("status", "statuses")]
    [InlineData("branch", "branches")]
    [InlineData("person", "people")]
    [InlineData("series", "series")]
    [InlineData("content", "content")]
    public void The_plural_of_one_and_of_many_is_the_same(string one, string many)
    {
        Assert.Equal(many, Pluralizer.Plural(one));
        Assert.Equal(many, Pluralizer.Plural(many));
        Assert.Equal(one, Pluralizer.Singular(many));
    }
}

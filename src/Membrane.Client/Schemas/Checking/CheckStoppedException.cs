using System;

namespace Membrane.Client.Schemas.Checking;

/// <summary>A check that was stopped. Whether the value is valid is then unknown.</summary>
internal sealed class CheckStoppedException(string keyword, string reason) : Exception(reason)
{
    public string Keyword { get; } = keyword;
}

using System;

namespace Membrane.Client.Schemas.Checking;

/// <summary>A check that cannot be brought to an end. Whether the value is valid is then not known.</summary>
internal sealed class CheckStoppedException(string keyword, string reason) : Exception(reason)
{
    public string Keyword { get; } = keyword;
}

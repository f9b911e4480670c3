namespace Membrane.Client.Tokens;

/// <summary>Signs claims with one key. It may be used by several threads.</summary>
internal interface ITokenSigner
{
    /// <summary>The signature, as the header of a token names it.</summary>
    string Algorithm { get; }

    /// <summary>Makes a token.</summary>
    /// <param name="claims">The claims, a JSON object in UTF-8.</param>
    string Sign(byte[] claims);
}

namespace Membrane.Client.Tokens;

/// <summary>What bytes in DER are.</summary>
internal enum KeyKind
{
    /// <summary>Nothing of the other kinds.</summary>
    Unknown,

    /// <summary>A private key of any algorithm: PKCS#8.</summary>
    Private,

    /// <summary>A private RSA key: PKCS#1.</summary>
    RsaPrivate,

    /// <summary>A private key of an elliptic curve: SEC1.</summary>
    CurvePrivate,

    /// <summary>A private key that is encrypted: PKCS#8.</summary>
    EncryptedPrivate,

    /// <summary>A public key of any algorithm: X.509.</summary>
    Public,

    /// <summary>A public RSA key: PKCS#1.</summary>
    RsaPublic,

    /// <summary>A certificate: X.509.</summary>
    Certificate,

    /// <summary>The request for a certificate: PKCS#10.</summary>
    CertificateRequest,

    /// <summary>A store of keys and certificates: PKCS#12.</summary>
    Store,

    /// <summary>The parameters of a curve, without a key.</summary>
    CurveParameters,
}

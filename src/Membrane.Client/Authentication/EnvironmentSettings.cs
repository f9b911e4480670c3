using System;

namespace Membrane.Client.Authentication;

/// <summary>What the environment variables say that the vendor's programs read. Empty ones count as absent.</summary>
internal sealed class EnvironmentSettings
{
    private EnvironmentSettings() { }

    /// <summary>The token: MEMBRANE_TOKEN, else MEMBRANE_ACCESS_TOKEN.</summary>
    public string? Token { get; private set; }

    /// <summary>The variable that the token came from.</summary>
    public string? TokenVariable { get; private set; }

    /// <summary>The address of the API: MEMBRANE_API_URL, else MEMBRANE_API_URI.</summary>
    public Uri? ApiUri { get; private set; }

    /// <summary>MEMBRANE_WORKSPACE_KEY.</summary>
    public string? WorkspaceKey { get; private set; }

    /// <summary>MEMBRANE_WORKSPACE_SECRET.</summary>
    public string? WorkspaceSecret { get; private set; }

    /// <summary>The tenant: MEMBRANE_TENANT_KEY, else MEMBRANE_TEST_CUSTOMER_ID.</summary>
    public string? TenantKey { get; private set; }

    /// <summary>Reads the variables of this process.</summary>
    /// <exception cref="MembraneInputException">An address is not valid.</exception>
    public static EnvironmentSettings Read()
    {
        (var token, var tokenVariable) = First("MEMBRANE_TOKEN", "MEMBRANE_ACCESS_TOKEN");
        (var address, var addressVariable) = First("MEMBRANE_API_URL", "MEMBRANE_API_URI");
        Uri? apiUri = null;
        if (address is not null && !Uri.TryCreate(address, UriKind.Absolute, out apiUri))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                addressVariable!,
                $"The environment variable {addressVariable} holds no address: '{address}'.",
                "Set it to an address such as https://api.getmembrane.com, or remove it."
            );
        }

        return new EnvironmentSettings
        {
            Token = token,
            TokenVariable = tokenVariable,
            ApiUri = apiUri,
            WorkspaceKey = First("MEMBRANE_WORKSPACE_KEY").Value,
            WorkspaceSecret = First("MEMBRANE_WORKSPACE_SECRET").Value,
            TenantKey = First("MEMBRANE_TENANT_KEY", "MEMBRANE_TEST_CUSTOMER_ID").Value,
        };
    }

    private static (string? Value, string? Name) First(params string[] names)
    {
        foreach (var name in names)
        {
            var value = Environment.GetEnvironmentVariable(name);
            if (!string.IsNullOrWhiteSpace(value))
            {
                return (value!.Trim(), name);
            }
        }

        return (null, null);
    }
}

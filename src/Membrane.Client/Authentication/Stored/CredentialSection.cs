using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Membrane.Client.Authentication.OAuth;

namespace Membrane.Client.Authentication.Stored;

/// <summary>Our part of the credentials file: sign-ins and begun sign-ins, by name.</summary>
internal sealed class CredentialSection
{
    private const int Version = 1;

    public Dictionary<string, StoredSignIn> SignIns { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, PendingSignIn> Pending { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => SignIns.Count == 0 && Pending.Count == 0;

    /// <exception cref="JsonException">It is not what this version writes.</exception>
    public static CredentialSection Read(ReadOnlyMemory<byte> json)
    {
        var section = new CredentialSection();
        if (json.IsEmpty)
        {
            return section;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new JsonException(
                    $"Its member '{CredentialDocument.MemberName}' has version {version}; this version of the library knows version "
                        + $"{Version}."
                );
            }

            foreach (var member in Members(root, "signIns"))
            {
                section.SignIns.Add(member.Name, ReadSignIn(member.Name, member.Value));
            }

            foreach (var member in Members(root, "pending"))
            {
                section.Pending.Add(member.Name, ReadPending(member.Name, member.Value));
            }

            return section;
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new JsonException($"Its member '{CredentialDocument.MemberName}' is not what this library writes.", exception);
        }
    }

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteStartObject("signIns");
            foreach (var signIn in SignIns.Values)
            {
                Write(writer, signIn);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("pending");
            foreach (var pending in Pending.Values)
            {
                Write(writer, pending);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.EnumerateObject() : default;

    private static StoredSignIn ReadSignIn(string name, JsonElement value) =>
        new()
        {
            Id = Text(value, "id"),
            Name = name,
            ApiUri = new Uri(Text(value, "apiUri")),
            Scope = OAuthScopes.Parse(Text(value, "scope")),
            AccessToken = Text(value, "accessToken"),
            ExpiresAt = value.GetProperty("expiresAt").GetDateTimeOffset(),
            RefreshToken = OptionalText(value, "refreshToken"),
            WorkspaceKey = OptionalText(value, "workspaceKey"),
            TenantKey = OptionalText(value, "tenantKey"),
            IsManager = Flag(value, "isManager"),
            Email = OptionalText(value, "email"),
        };

    private static PendingSignIn ReadPending(string name, JsonElement value) =>
        new()
        {
            Name = name,
            ApiUri = new Uri(Text(value, "apiUri")),
            Scope = OAuthScopes.Parse(Text(value, "scope")),
            RedirectUri = Text(value, "redirectUri"),
            State = Text(value, "state"),
            CodeVerifier = Text(value, "codeVerifier"),
            WorkspaceKey = OptionalText(value, "workspaceKey"),
            TenantKey = OptionalText(value, "tenantKey"),
            IsManager = Flag(value, "isManager"),
            CreatedAt = value.GetProperty("createdAt").GetDateTimeOffset(),
        };

    private static void Write(Utf8JsonWriter writer, StoredSignIn signIn)
    {
        writer.WriteStartObject(signIn.Name);
        writer.WriteString("id", signIn.Id);
        writer.WriteString("apiUri", signIn.ApiUri.AbsoluteUri);
        writer.WriteString("scope", signIn.Scope.ToWord());
        writer.WriteString("accessToken", signIn.AccessToken);
        writer.WriteString("expiresAt", signIn.ExpiresAt);
        WriteText(writer, "refreshToken", signIn.RefreshToken);
        WriteText(writer, "workspaceKey", signIn.WorkspaceKey);
        WriteText(writer, "tenantKey", signIn.TenantKey);
        writer.WriteBoolean("isManager", signIn.IsManager);
        WriteText(writer, "email", signIn.Email);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PendingSignIn pending)
    {
        writer.WriteStartObject(pending.Name);
        writer.WriteString("apiUri", pending.ApiUri.AbsoluteUri);
        writer.WriteString("scope", pending.Scope.ToWord());
        writer.WriteString("redirectUri", pending.RedirectUri);
        writer.WriteString("state", pending.State);
        writer.WriteString("codeVerifier", pending.CodeVerifier);
        WriteText(writer, "workspaceKey", pending.WorkspaceKey);
        WriteText(writer, "tenantKey", pending.TenantKey);
        writer.WriteBoolean("isManager", pending.IsManager);
        writer.WriteString("createdAt", pending.CreatedAt);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string Text(JsonElement value, string name) =>
        value.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string? OptionalText(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? member.GetString() : null;

    private static bool Flag(JsonElement value, string name) => value.TryGetProperty(name, out var member) && member.GetBoolean();
}

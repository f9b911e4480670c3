using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Files;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Requests;

/// <summary>The base of the commands that send any request: what is sent besides the path, and what becomes of the answer.</summary>
public abstract class MembraneRequestCommand : MembraneApiCommand
{
    // Far more than the service takes, which says so itself.
    private const int MaxMegabytes = 100;

    /// <summary>The method. All but GET, HEAD and OPTIONS count as changes, which -WhatIf and -Confirm are asked about.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>The query parameters. An array is sent as several parameters of the name; null is left out.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Query { get; set; }

    /// <summary>More headers. Authorization is refused: use -Context to act as someone else.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Headers { get; set; }

    /// <summary>The media type of the body. Without it application/json, for bytes and files application/octet-stream.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ContentType { get; set; }

    /// <summary>A file whose bytes are the body.</summary>
    [Parameter]
    [RefuseNothing]
    public string? InFile { get; set; }

    /// <summary>
    /// Take an answer with an error status like any other, after the usual tries. Look at the status with -StatusCodeVariable.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipHttpErrorCheck { get; set; }

    /// <summary>The name of a variable for the HTTP status.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? StatusCodeVariable { get; set; }

    /// <summary>The name of a variable for the headers of the answer: a dictionary of arrays.</summary>
    [Parameter]
    [Alias("RHV")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ResponseHeadersVariable { get; set; }

    /// <summary>Emit the body as the text that it is, not what it says.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>A file to write the body to, byte for byte. It is replaced if it exists.</summary>
    [Parameter]
    [RefuseNothing]
    public string? OutFile { get; set; }

    /// <summary>Emit the answer although it is written to a file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the method changes nothing.</summary>
    private protected bool IsRead => Method.ToUpperInvariant() is "GET" or "HEAD" or "OPTIONS";

    /// <summary>The request that the parameters describe.</summary>
    /// <exception cref="MembraneException">Parameters contradict each other, or the file cannot be read.</exception>
    private protected RawRequest Describe(string path, object? body)
    {
        if (body is not null && InFile is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(InFile),
                "There are two bodies: Body and InFile.",
                "Pass one of them."
            );
        }

        return new RawRequest
        {
            Path = path,
            Method = Method,
            Query = Dictionaries.Pairs(Query),
            Headers = Dictionaries.TextPairs(Headers, nameof(Headers)),
            Body = InFile is null ? body : ReadFile(InFile),
            ContentType = ContentType,
            SkipErrorCheck = SkipHttpErrorCheck,
        };
    }

    /// <summary>Refuses a file that the answer cannot be written to, before anything is sent. What is in it stays.</summary>
    /// <exception cref="MembraneException">It cannot be written.</exception>
    private protected void RequireOutFile()
    {
        if (OutFile is not null)
        {
            WithFile(nameof(OutFile), OutFile, "written", static file => TryWriting(file));
        }
    }

    /// <summary>Writes an answer where the parameters say.</summary>
    /// <exception cref="MembraneException">It cannot be written to the file: then it is emitted, and what was done is done.</exception>
    private protected void Write(RawResponse response)
    {
        if (StatusCodeVariable is not null)
        {
            SessionState.PSVariable.Set(StatusCodeVariable.TrimStart('$'), (int)response.StatusCode);
        }

        if (ResponseHeadersVariable is not null)
        {
            SessionState.PSVariable.Set(
                ResponseHeadersVariable.TrimStart('$'),
                response.Headers.ToDictionary(
                    static header => header.Key,
                    static header => header.Value.ToArray(),
                    StringComparer.OrdinalIgnoreCase
                )
            );
        }

        if (OutFile is null)
        {
            Emit(response);
            return;
        }

        try
        {
            WriteFile(OutFile, response.Content);
        }
        catch (MembraneException exception)
        {
            exception.Outcome = IsRead ? exception.Outcome : RequestOutcome.Unknown;
            Emit(response);
            throw;
        }

        if (PassThru)
        {
            Emit(response);
        }
    }

    private void Emit(RawResponse response)
    {
        if (Raw)
        {
            WriteObject(response.Text);
        }
        else if (response.Value is not null)
        {
            // A list is written item by item; bytes are one thing.
            WriteObject(response.Value, enumerateCollection: response.Value is object?[]);
        }
    }

    private byte[] ReadFile(string path) => WithFile(nameof(InFile), path, "read", static file => WholeFile.Read(file, MaxMegabytes));

    private void WriteFile(string path, byte[] content) =>
        WithFile(
            nameof(OutFile),
            path,
            "written",
            file =>
            {
                File.WriteAllBytes(file, content);
                return content;
            }
        );

    private static byte[] TryWriting(string file)
    {
        var isThere = File.Exists(file);
        new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        if (!isThere)
        {
            File.Delete(file);
        }

        return [];
    }

    private byte[] WithFile(string parameterName, string path, string what, Func<string, byte[]> work)
    {
        var file = FilePath.Resolve(this, path, parameterName);
        try
        {
            return work(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MembraneException(
                ErrorIds.FileAccess,
                $"The file '{file}' cannot be {what}: {exception.Message}",
                $"Check the path that -{parameterName} names, its size, the rights to it, and the room on the disk.",
                exception
            );
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>An operation of the API.</summary>
/// <param name="method">The method.</param>
/// <param name="path">The path, with parameters in braces.</param>
/// <param name="id">The name of the operation in the published contract.</param>
internal sealed class ApiOperation(string method, string path, string id)
{
    private static readonly Lazy<IReadOnlyList<ApiOperation>> Contract = new(Read);

    /// <summary>All operations of the contract that the emulator keeps, too.</summary>
    public static IReadOnlyList<ApiOperation> All => Contract.Value;

    public string Method { get; } = method;

    public string Path { get; } = path;

    public string Id { get; } = id;

    private static ApiOperation[] Read() =>
        EmbeddedText
            .Lines("operations.txt")
            .Where(static line => line[0] != '#')
            .Select(static line => line.Split(' '))
            .Select(static parts => new ApiOperation(parts[0], parts[1], parts[2]))
            .ToArray();
}

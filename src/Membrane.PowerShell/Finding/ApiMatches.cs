using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Finding;

/// <summary>Finds the commands of operations of the API.</summary>
internal static class ApiMatches
{
    /// <summary>Returns the commands for a path.</summary>
    /// <param name="path">The path, or an address, with or without parameters.</param>
    /// <param name="method">The method; null for all.</param>
    public static IEnumerable<CommandMatch> OfPath(string path, string? method)
    {
        var operations = ApiOperation
            .All.Where(operation => method is null || string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase))
            .Where(operation => ApiPath.Means(path, operation.Path))
            .ToArray();
        // /actions/{selector} also means what is written /actions/run; the plain path is meant where there is one.
        var best = operations.Select(operation => ApiPath.CountExact(path, operation.Path)).DefaultIfEmpty().Max();
        return operations.Where(operation => path.Contains('*') || ApiPath.CountExact(path, operation.Path) == best).SelectMany(Of);
    }

    /// <summary>Returns the commands for an operation, by its name in the contract.</summary>
    public static IEnumerable<CommandMatch> OfOperation(string id) =>
        ApiOperation.All.Where(operation => string.Equals(operation.Id, id, StringComparison.OrdinalIgnoreCase)).SelectMany(Of);

    /// <summary>Returns the operations that a command uses.</summary>
    public static IEnumerable<CommandMatch> OfCommand(CommandHelp command) =>
        ApiOperation.All.Where(operation => Uses(command, operation)).Select(operation => Match(operation, command.Name, command.Name));

    // What the guide compares with the operation comes first, then the command that does little else.
    private static IEnumerable<CommandMatch> Of(ApiOperation operation)
    {
        var guide = GuideRow
            .All.Where(row => row.Kind == CommandMatchKind.Api && row.Command is not null && IsOf(row, operation))
            .ToArray();
        var others = CommandHelp
            .All.Where(command => Uses(command, operation) && guide.All(row => row.Command != command.Name))
            .OrderBy(static command => command.Operations.Count)
            .Select(command => Match(operation, command.Name, command.Name));
        var found = guide.Select(row => Describe(row.ToMatch(), operation)).Concat(others).ToArray();
        return found.Length > 0 ? found : [OfElements(operation) ?? Match(operation, "Invoke-MembraneRequest", AsRequest(operation))];
    }

    private static bool Uses(CommandHelp command, ApiOperation operation) =>
        command.Operations.Any(used => Is(used, operation, ApiPath.AreSame));

    private static bool IsOf(GuideRow row, ApiOperation operation) => Is(row.Theirs, operation, ApiPath.Means);

    private static bool Is(string request, ApiOperation operation, Func<string, string, bool> areSame)
    {
        var parts = request.Split(' ');
        return parts.Length > 1 && parts[0] == operation.Method && areSame(parts[1], operation.Path);
    }

    // Whatever has no command of its own is an element, or a request.
    private static CommandMatch? OfElements(ApiOperation operation)
    {
        var parts = operation.Path.Trim('/').Split('/');
        if (ElementTypes.Known.FirstOrDefault(type => type.Path == parts[0]) is not { } type)
        {
            return null;
        }

        (string Command, string Arguments)? call = (operation.Method, parts.Length, parts[parts.Length - 1]) switch
        {
            ("GET", 1, _) => ("Get-MembraneElement", string.Empty),
            ("POST", 1, _) => ("New-MembraneElement", " @{ name = 'Example' }"),
            ("GET", 2, _) => ("Get-MembraneElement", " KEY"),
            ("PATCH", 2, _) => ("Set-MembraneElement", " KEY @{ name = 'Example' }"),
            ("PUT", 2, _) => ("Set-MembraneElement", " KEY @{ name = 'Example' } -Replace"),
            ("DELETE", 2, _) => ("Remove-MembraneElement", " KEY"),
            ("POST", 3, "restore") => ("Restore-MembraneElement", " KEY"),
            _ => null,
        };
        return call is { } found ? Match(operation, found.Command, $"{found.Command} {type.Name}{found.Arguments}") : null;
    }

    private static string AsRequest(ApiOperation operation)
    {
        var path = operation.Path.Contains('{') ? $"'{operation.Path}'" : operation.Path;
        var body = operation.Method is "POST" or "PUT" or "PATCH" ? " -Body @{ }" : string.Empty;
        return $"Invoke-MembraneRequest {path}" + (operation.Method == "GET" ? string.Empty : $" -Method {operation.Method}{body}");
    }

    private static CommandMatch Match(ApiOperation operation, string command, string example) =>
        Describe(new CommandMatch(command, CommandMatchKind.Api, $"{operation.Method} {operation.Path}", example), operation);

    private static CommandMatch Describe(CommandMatch match, ApiOperation operation)
    {
        match.OperationId = operation.Id;
        return match;
    }
}

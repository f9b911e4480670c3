using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Contract;

/// <summary>Every operation of the API, read from the contract that is built into the assembly.</summary>
internal sealed class OperationTable
{
    private static readonly Lazy<OperationTable> Contract = new(() => Read("operations.txt"));

    private static readonly string[] Selector =
    {
        "layer:universal|integration|connection",
        "integrationKey",
        "integrationId",
        "connectionId",
        "connectionKey",
        "instanceKey",
    };

    private static readonly string[] Paging = { "limit:integer[1..1000]", "cursor" };

    private static readonly string[] Instance =
    {
        "id",
        "key",
        "parentId",
        "parentKey",
        "flowId",
        "flowKey",
        "dataSourceId",
        "dataSourceKey",
        "fieldMappingId",
        "fieldMappingKey",
        "dataLinkTableId",
        "dataLinkTableKey",
        "appDataSchemaId",
        "appDataSchemaKey",
        "appEventTypeId",
        "appEventTypeKey",
        "nodeKey",
        "udm",
        "tenantId",
        "userId",
        "autoCreate:boolean",
        "autoUpdate:boolean",
    };

    private readonly Node root = new();
    private readonly List<Operation> operations = new();

    private OperationTable() { }

    /// <summary>The contract.</summary>
    public static OperationTable Default => Contract.Value;

    public IReadOnlyList<Operation> Operations => operations;

    /// <summary>Whether the query parameter says which instance is meant, and where.</summary>
    public static bool NamesInstance(string parameter) =>
        Instance.Concat(Selector).Any(definition => definition.Split(':')[0] == parameter);

    /// <summary>Finds the operation and the decoded values of its path parameters.</summary>
    public Operation? Match(string method, string rawPath, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        var segments = rawPath.Trim('/').Split('/');
        return root.Match(method, segments, 0, values);
    }

    private static OperationTable Read(string resource)
    {
        var table = new OperationTable();
        using var stream = typeof(OperationTable).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                table.Add(ParseLine(line));
            }
        }

        return table;
    }

    private static Operation ParseLine(string line)
    {
        var question = line.IndexOf('?');
        var head = (question < 0 ? line : line.Substring(0, question)).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var query =
            question < 0 ? Array.Empty<string>() : line.Substring(question + 1).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var body = head.FirstOrDefault(part => part[0] == '<')?.Substring(1);
        return new Operation(head[2], head[0], head[1])
        {
            ManagerOnly = head.Contains("@manager"),
            RawBody = body == "raw",
            RequestSchema = body == "raw" ? null : body,
            OpenQuery = query.Contains("*"),
            Query = query
                .Where(part => part != "*")
                .SelectMany(part =>
                    part switch
                    {
                        "SEL" => Selector,
                        "PG" => Paging,
                        "INST" => Instance.Concat(Selector),
                        _ => new[] { part },
                    }
                )
                .Select(QueryParameter.Parse)
                .ToDictionary(parameter => parameter.Name, StringComparer.Ordinal),
        };
    }

    private void Add(Operation operation)
    {
        operations.Add(operation);
        var node = root;
        foreach (var segment in operation.Path.Trim('/').Split('/'))
        {
            node = node.Child(segment);
        }

        node.Operations.Add(operation.Method, operation);
    }

    /// <summary>One segment of the paths. Plain segments win over parameters.</summary>
    private sealed class Node
    {
        private readonly Dictionary<string, Node> plain = new(StringComparer.Ordinal);
        private Node? parameter;
        private Node? rest;

        public Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal);

        public Node Child(string segment)
        {
            if (segment.EndsWith("*}", StringComparison.Ordinal))
            {
                return rest ??= new Node();
            }

            if (segment[0] == '{')
            {
                return parameter ??= new Node();
            }

            if (!plain.TryGetValue(segment, out var node))
            {
                plain.Add(segment, node = new Node());
            }

            return node;
        }

        public Operation? Match(string method, string[] segments, int index, Dictionary<string, string> values)
        {
            if (index == segments.Length)
            {
                if (!Operations.TryGetValue(method, out var operation))
                {
                    return null;
                }

                Name(operation, segments, values);
                return operation;
            }

            var segment = segments[index];
            if (plain.TryGetValue(segment, out var child) && child.Match(method, segments, index + 1, values) is { } found)
            {
                return found;
            }

            if (segment.Length > 0 && parameter?.Match(method, segments, index + 1, values) is { } byParameter)
            {
                return byParameter;
            }

            if (rest is null || !rest.Operations.TryGetValue(method, out var open))
            {
                return null;
            }

            Name(open, segments, values);
            return open;
        }

        private static void Name(Operation operation, string[] segments, Dictionary<string, string> values)
        {
            var names = operation.Path.Trim('/').Split('/');
            for (var index = 0; index < names.Length; index++)
            {
                var name = names[index];
                if (name.EndsWith("*}", StringComparison.Ordinal))
                {
                    values[name.Substring(1, name.Length - 3)] = string.Join(
                        "/",
                        segments.Skip(index).Select(segment => UrlEncoding.Decode(segment))
                    );
                }
                else if (name[0] == '{')
                {
                    values[name.Substring(1, name.Length - 2)] = UrlEncoding.Decode(segments[index]);
                }
            }
        }
    }
}

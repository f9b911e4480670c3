using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Membrane.Emulator.Http;

/// <summary>Does the work of an operation.</summary>
internal delegate Task<Reply> OperationHandler(ApiRequest request);

/// <summary>Which operations are built, and by what.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, OperationHandler> handlers = new(StringComparer.Ordinal);

    public void Add(string operationId, OperationHandler handler) => handlers.Add(operationId, handler);

    public void Add(string operationId, Func<ApiRequest, Reply> handler) =>
        handlers.Add(operationId, request => Task.FromResult(handler(request)));

    public OperationHandler? Find(string operationId) => handlers.TryGetValue(operationId, out var handler) ? handler : null;
}

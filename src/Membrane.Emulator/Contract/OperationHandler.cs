using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Contract;

/// <summary>Does the work of an operation.</summary>
internal delegate Task<Reply> OperationHandler(OperationRequest request);

/// <summary>Which operations are built, and by what.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, OperationHandler> handlers = new(StringComparer.Ordinal);

    public void Add(string operationId, OperationHandler handler) => handlers.Add(operationId, handler);

    public void Add(string operationId, Func<OperationRequest, Reply> handler) =>
        handlers.Add(operationId, request => Task.FromResult(handler(request)));

    public OperationHandler? Find(string operationId) => handlers.TryGetValue(operationId, out var handler) ? handler : null;
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Tools.Calls;

/// <summary>Runs tool calls of a model. Errors are outcomes: the model is told and can correct the call.</summary>
internal sealed class ToolRunner(Toolbox tools, ToolServices services)
{
    /// <summary>Finds the tool that is called, or what is wrong with the call.</summary>
    public Tool? Find(ToolCall call, out ToolOutcome? problem)
    {
        problem = null;
        try
        {
            if (call.Problem is null)
            {
                return tools.Find(call.Name);
            }

            problem = ToolOutcome.Failure(ErrorIds.InvalidInput, call.Problem);
        }
        catch (MembraneException exception)
        {
            problem = ToolOutcome.Failure(exception);
        }

        return null;
    }

    /// <summary>Runs a tool.</summary>
    /// <exception cref="MembraneSignInException">There is no sign-in, so no other call would succeed either.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public async Task<ToolOutcome> RunAsync(Tool tool, ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            var input = ToolArguments.Restore(call.Arguments, tool.Shape, call.Format, tools.IsStrict(call.Name));
            var output = await tool.RunAsync(input, services, cancellationToken).ConfigureAwait(false);
            return ToolOutcome.Success(output, services.Objects);
        }
        catch (MembraneException exception) when (exception is not MembraneSignInException)
        {
            return ToolOutcome.Failure(exception);
        }
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;

namespace Membrane.Client.Mcp;

/// <summary>Reports progress of a call to a client that asked for it: at the beginning, and every few seconds.</summary>
internal sealed class McpProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly object writeLock = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly IMcpSink output;
    private readonly JsonNode token;
    private readonly string what;
    private readonly Timer timer;
    private bool isOver;

    /// <summary>Starts reporting.</summary>
    /// <param name="output">Where notifications go.</param>
    /// <param name="token">By what the client matches them.</param>
    /// <param name="what">What is being done.</param>
    public McpProgress(IMcpSink output, JsonNode token, string what)
    {
        this.output = output;
        this.token = token;
        this.what = what;
        Send(0, what);
        timer = new Timer(_ => ReportTime(), null, Interval, Interval);
    }

    /// <summary>Stops reporting: no progress may follow the result.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (writeLock)
        {
            isOver = true;
        }
    }

    private void ReportTime()
    {
        var seconds = Math.Floor(watch.Elapsed.TotalSeconds);
        Send(seconds, string.Format(CultureInfo.InvariantCulture, "{0}: {1:0} s", what, seconds));
    }

    private void Send(double progress, string message)
    {
        lock (writeLock)
        {
            if (!isOver)
            {
                output.Write(
                    new JsonObject
                    {
                        ["jsonrpc"] = "2.0",
                        ["method"] = "notifications/progress",
                        ["params"] = new JsonObject
                        {
                            ["progressToken"] = token.DeepClone(),
                            ["progress"] = progress,
                            ["message"] = message,
                        },
                    }
                );
            }
        }
    }
}

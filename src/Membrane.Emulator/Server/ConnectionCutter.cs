using System;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Membrane.Emulator.Server;

/// <summary>Cuts the connection under a request so that no further byte is sent.</summary>
internal static class ConnectionCutter
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    public static void Cut(HttpListenerContext context)
    {
        // Outside Windows, Abort still sends an empty answer with status 200, which no cut connection does.
        if (FindSocket(context) is { } socket)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The client has gone already.
            }

            socket.Dispose();
        }

        context.Response.Abort();
    }

    private static Socket? FindSocket(HttpListenerContext context)
    {
        foreach (var property in typeof(HttpListenerContext).GetProperties(Members))
        {
            if (property.Name != "Connection" || property.GetValue(context) is not { } connection)
            {
                continue;
            }

            foreach (var field in connection.GetType().GetFields(Members))
            {
                if (field.FieldType == typeof(Socket))
                {
                    return field.GetValue(connection) as Socket;
                }
            }
        }

        return null;
    }
}

using System;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A test that takes the loopback address of IPv6, which not every container has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.IPv6Loopback, 0);
            probe.Start();
        }
        catch (SocketException)
        {
            Skip = "This machine has no address [::1].";
        }
    }
}

using Membrane.Client.Files;
using Xunit;

namespace Membrane.Client.Tests.Files;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData(@"C:\jobs\NUL")]
    [InlineData(@"C:\jobs\nul.txt")]
    [InlineData(@"C:\jobs\CON")]
    [InlineData(@"C:\jobs\con:")]
    [InlineData(@"C:/jobs/aux")]
    [InlineData(@"C:\jobs\COM1")]
    [InlineData(@"C:\jobs\lpt9.log")]
    [InlineData(@"\\.\NUL")]
    [InlineData(@"\\.\pipe\x")]
    [InlineData("//./pipe/x")]
    [InlineData(@"\\server\pipe\x")]
    public void Windows_keeps_nothing_there(string path)
    {
        Assert.True(DeviceName.IsDevice(path, isWindows: true));
        Assert.False(DeviceName.IsDevice(path, isWindows: false));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/3")]
    public void Unix_keeps_nothing_there(string path)
    {
        Assert.True(DeviceName.IsDevice(path, isWindows: false));
        Assert.False(DeviceName.IsDevice(@"C:" + path.Replace('/', '\\'), isWindows: true));
    }

    [Theory]
    [InlineData(@"C:\jobs\null", true)]
    [InlineData(@"C:\jobs\console.txt", true)]
    [InlineData(@"C:\jobs\com10", true)]
    [InlineData(@"\\server\share\run.checkpoint", true)]
    [InlineData(@"\\?\C:\jobs\run.checkpoint", true)]
    [InlineData("/dev/shm/run.checkpoint", false)]
    [InlineData("/home/ada/dev/null", false)]
    [InlineData("/devices/run", false)]
    public void Elsewhere_are_files(string path, bool isWindows) => Assert.False(DeviceName.IsDevice(path, isWindows));
}

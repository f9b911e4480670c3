# A server that answers every request the same way, with a certificate by TLS.
if (-not ('LoopbackServer' -as [type])) {
    Add-Type -TypeDefinition @'
using System; using System.IO; using System.Net; using System.Net.Security; using System.Net.Sockets; using System.Security.Cryptography.X509Certificates; using System.Text; using System.Threading;
public sealed class LoopbackServer : IDisposable {
    private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly string answer;
    private readonly X509Certificate2 certificate;
    public int Port { get { return ((IPEndPoint)listener.LocalEndpoint).Port; } }
    public LoopbackServer(string answer) : this(answer, null) { }
    public LoopbackServer(string answer, X509Certificate2 certificate) { this.answer = answer; this.certificate = certificate; listener.Start(); new Thread(Accept) { IsBackground = true }.Start(); }
    public void Dispose() { listener.Stop(); }
    private void Accept() {
        try { while (true) { var client = listener.AcceptTcpClient(); new Thread(() => Serve(client)) { IsBackground = true }.Start(); } }
        catch (SocketException) { } catch (ObjectDisposedException) { } catch (InvalidOperationException) { }
    }
    private void Serve(TcpClient client) {
        using (client) {
            try {
                Stream stream = client.GetStream();
                if (certificate != null) { var secure = new SslStream(stream); secure.AuthenticateAsServer(certificate); stream = secure; }
                var reader = new StreamReader(stream, Encoding.ASCII);
                while (!string.IsNullOrEmpty(reader.ReadLine())) { }
                var bytes = Encoding.ASCII.GetBytes(answer); stream.Write(bytes, 0, bytes.Length); stream.Flush(); client.Client.Shutdown(SocketShutdown.Send); while (reader.ReadLine() != null) { }
            } catch (IOException) { } catch (SocketException) { } catch (System.Security.Authentication.AuthenticationException) { }
        }
    }
}
'@
}

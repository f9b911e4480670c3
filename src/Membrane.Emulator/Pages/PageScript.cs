using System;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Emulator.Pages;

/// <summary>
/// The one script of the pages: tells the window that opened a page, or holds it in a frame, how it ended, in the two ways
/// that the vendor's SDK listens for (a window message, and the handshake of its frames). Without it every page works too.
/// </summary>
internal static class PageScript
{
    public const string Text = """
        (() => {
          const block = document.getElementById('outcome');
          const outcome = block && JSON.parse(block.textContent);
          const frame = window.parent !== window ? window.parent : null;
          const opener = window.opener;
          if (outcome && (opener || frame)) (opener || frame).postMessage(outcome, '*');
          if (outcome && opener && outcome.requestId) window.close();
          if (!frame) return;
          let methods = null;
          let calls = 0;
          const call = (name, ...args) => {
            if (methods && methods.includes(name)) frame.postMessage({ penpal: 'call', id: ++calls, methodName: name, args }, '*');
          };
          const hello = () => { if (!methods) frame.postMessage({ penpal: 'syn' }, '*'); };
          const greeting = setInterval(hello, 250);
          addEventListener('message', (event) => {
            if (event.source !== frame || methods || !event.data || event.data.penpal !== 'synAck') return;
            methods = event.data.methodNames || [];
            clearInterval(greeting);
            frame.postMessage({ penpal: 'ack', methodNames: [] }, '*');
            call('handshake');
            if (outcome && outcome.connection) call('onSuccess', outcome.connection);
          });
          hello();
          for (const part of document.querySelectorAll('[data-close]')) {
            part.hidden = false;
            part.querySelector('button').addEventListener('click', () => call('close'));
          }
        })();
        """;

    /// <summary>What the pages allow: this script and their own style and pictures, nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Hash(Text)}'; img-src 'self' data:; base-uri 'none'";

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}

using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;

namespace Membrane.Client.Blobs;

/// <summary>A request to Azure Storage, which can be sent as often as it takes.</summary>
/// <param name="Method">The method.</param>
/// <param name="Uri">Where to: a secret where it has a signature.</param>
/// <param name="Done">The status that the storage documents for it when it is done; any other comes from something else.</param>
/// <param name="Headers">What its kind needs beside the version and who asks.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record BlobRequest(
    HttpMethod Method,
    Uri Uri,
    HttpStatusCode Done,
    IReadOnlyDictionary<string, string> Headers,
    byte[]? Body = null
);

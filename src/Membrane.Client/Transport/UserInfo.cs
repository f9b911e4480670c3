using System;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace Membrane.Client.Transport;

/// <summary>
/// Hides the user name and password of addresses in text of the framework, which quotes the address of a proxy as it was given.
/// </summary>
internal static class UserInfo
{
    // A password may have any character but those that end the authority of an address, even an @ that should have been escaped.
    private static readonly Regex InAddress = new(@"(?<=://)[^/\s?#]*@", RegexOptions.CultureInvariant);

    /// <summary>Returns the text with three stars for the user name and password of each address.</summary>
    public static string Hide(string text) => InAddress.Replace(text, "***@");

    /// <summary>Returns the exception, or where its text or that of an inner one has such an address, one that says the same without.</summary>
    public static Exception Hide(Exception exception) =>
        InAddress.IsMatch(exception.ToString())
            ? new HttpRequestException(Hide(exception.Message), exception.InnerException is { } inner ? Hide(inner) : null)
            : exception;
}

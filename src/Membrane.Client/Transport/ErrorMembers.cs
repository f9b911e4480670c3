using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Transport;

/// <summary>Reads the facts of an error, whose shape depends on its kind.</summary>
internal static class ErrorMembers
{
    /// <summary>The value of a member; null where there is none, or where the details are not an object.</summary>
    public static object? Find(object? data, string name, IObjectAdapter objects) =>
        data is null or string or ValueType
            ? null
            : (data as IEnumerable<KeyValuePair<string, object?>> ?? objects.GetMembers(data))
                ?.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.Ordinal))
                .Value;
}

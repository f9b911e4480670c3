using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Membrane.Client.Json;

namespace Membrane.Client.Shards;

/// <summary>
/// One of several parts of an input, each for a worker of its own. Which rows are in it follows from the rows alone: the first eight bytes
/// of the SHA-256 of the text of the row, or of its key, as a number, modulo the number of shards.
/// </summary>
internal sealed class Shard : IDisposable
{
    private readonly IObjectAdapter objects;
    private readonly int index;
    private readonly int count;
    private readonly string? key;
    private readonly CanonicalText text;
    private readonly SHA256 hash = SHA256.Create();

    /// <summary>Makes a shard.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="key">The property that says to which shard a row belongs; null for all of its content.</param>
    /// <param name="objects">What objects look like on this host.</param>
    /// <exception cref="MembraneInputException">There is no such shard.</exception>
    public Shard(int index, int count, string? key, IObjectAdapter objects)
    {
        if (count < 1)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Count",
                $"An input cannot be divided into {count} shards.",
                "Pass how many workers share it, at least 1."
            );
        }

        if (index < 0 || index >= count)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Index",
                $"There is no shard {index} of {count}: they are numbered from 0 to {count - 1}.",
                "Pass the number of this worker, counted from 0, and the number of all workers."
            );
        }

        this.index = index;
        this.count = count;
        this.key = key;
        this.objects = objects;
        text = new CanonicalText(objects, "InputObject");
    }

    /// <summary>Returns whether a row is in this shard.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number in the input, from 1, for errors.</param>
    /// <exception cref="MembraneInputException">
    /// The row has no key, or is no data. Each such row is an error of one shard only, so that the workers together report it once.
    /// </exception>
    public bool Has(object? row, long number)
    {
        string content;
        try
        {
            content = key is null ? text.Of(row) : text.Of(ReadKey(row));
            if (key is null || content.Length > 0)
            {
                return IsMine(content);
            }

            content = text.Of(row);
        }
        catch (MembraneInputException exception)
        {
            // What has no text has no hash either: the first shard reports it.
            return index == 0 ? throw OfRow(number, exception) : false;
        }

        return IsMine(content)
            ? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Key",
                $"Row {number} has no '{key}', or it is empty: it is in no shard. Of all shards only this one reports it.",
                "Give every row that property, name one that each has, or name none to divide rows by their content."
            )
            : false;
    }

    public void Dispose() => hash.Dispose();

    private static MembraneInputException OfRow(long number, MembraneInputException exception) =>
        new(
            exception.ErrorId,
            exception.ParameterName,
            $"Row {number} is in no shard. {exception.Message}",
            exception.RecommendedAction,
            exception
        );

    private bool IsMine(string content)
    {
        var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(content));
        var number = bytes.Take(8).Aggregate(0UL, static (sum, one) => (sum << 8) | one);
        return number % (ulong)count == (ulong)index;
    }

    // As scripts do, without regard to case, unless a row has both.
    private object? ReadKey(object? row)
    {
        var members = ObjectMembers.Of(row, objects)?.ToArray() ?? [];
        return Array.Find(members, member => string.Equals(member.Key, key, StringComparison.Ordinal)) is { Key: not null } same
            ? same.Value
            : Array.Find(members, member => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
    }
}

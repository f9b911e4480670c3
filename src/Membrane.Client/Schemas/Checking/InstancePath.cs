using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Checking;

/// <summary>Where in the checked value the check is, as people and as JSON pointers write it.</summary>
internal sealed class InstancePath
{
    private readonly List<Segment> segments = new();

    public int Depth => segments.Count;

    public void Enter(string name) => segments.Add(new Segment(name, 0));

    public void Enter(int index) => segments.Add(new Segment(null, index));

    public void Leave() => segments.RemoveAt(segments.Count - 1);

    public void Clear() => segments.Clear();

    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var segment in segments)
        {
            if (segment.Name is null)
            {
                path.Append('[').Append(segment.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else if (IsPlain(segment.Name))
            {
                path.Append(path.Length == 0 ? "" : ".").Append(segment.Name);
            }
            else
            {
                path.Append('[').Append(ValueWords.Quote(segment.Name)).Append(']');
            }
        }

        return path.ToString();
    }

    public string ToPointer()
    {
        var pointer = new StringBuilder();
        foreach (var segment in segments)
        {
            pointer.Append('/');
            if (segment.Name is null)
            {
                pointer.Append(segment.Index.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                pointer.Append(JsonPointer.Escape(segment.Name));
            }
        }

        return pointer.ToString();
    }

    private static bool IsPlain(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '-' or '$' or '@'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= ValueWords.LongestText;
    }

    private readonly struct Segment(string? name, int index)
    {
        public string? Name { get; } = name;

        public int Index { get; } = index;
    }
}

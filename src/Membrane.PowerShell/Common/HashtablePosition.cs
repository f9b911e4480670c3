using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Where in a hashtable of a command line the cursor is. The line need not be complete, so tokens tell, not the tree.</summary>
internal sealed class HashtablePosition
{
    private readonly string text;
    private readonly List<Frame> outer;
    private readonly List<Frame> inner;

    private HashtablePosition(string text, List<Frame> outer, List<Frame> inner, Token? word)
    {
        this.text = text;
        this.outer = outer;
        this.inner = inner;
        Word = word;
    }

    /// <summary>The offset of the outermost hashtable.</summary>
    public int Start => inner[0].Start;

    /// <summary>What has been typed of the key or the value at the cursor; null where nothing has.</summary>
    public Token? Word { get; }

    /// <summary>Whether a key is to come, or a value.</summary>
    public bool IsKey => Innermost.ExpectsKey;

    /// <summary>The keys that the innermost hashtable has before the cursor.</summary>
    public IReadOnlyCollection<string> Keys => Innermost.Keys;

    /// <summary>The keys that lead to the cursor: of the hashtables around it, and the one whose value is to come.</summary>
    public IEnumerable<string?> Path =>
        inner.Where(static frame => frame.IsHashtable && !frame.ExpectsKey).Select(static frame => frame.Key);

    /// <summary>The line up to the hashtable, with an empty one in its place, and closed: what can be parsed.</summary>
    public string Closed => text.Remove(Start) + "@{}" + string.Concat(Enumerable.Reverse(outer).Select(static frame => frame.Closer));

    private Frame Innermost => inner[inner.Count - 1];

    /// <summary>Finds the position; null where the cursor is in no hashtable, or where neither a key nor a value begins.</summary>
    /// <param name="text">The text before the cursor.</param>
    public static HashtablePosition? Find(string text)
    {
        Parser.ParseInput(text, out var tokens, out _);
        var frames = new List<Frame>();
        Token? last = null;
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.EndOfInput or TokenKind.Comment or TokenKind.LineContinuation)
            {
                continue;
            }

            last = token;
            if (Frame.Open(token) is { } opened)
            {
                frames.LastOrDefault()?.Take(token);
                frames.Add(opened);
            }
            else if (token.Kind is TokenKind.RCurly or TokenKind.RParen or TokenKind.RBracket)
            {
                if (frames.Count > 0)
                {
                    frames.RemoveAt(frames.Count - 1);
                }
            }
            else
            {
                frames.LastOrDefault()?.Take(token);
            }
        }

        if (frames.Count == 0 || !frames[frames.Count - 1].IsHashtable)
        {
            return null;
        }

        // The outermost of the hashtables that lie in one another; script between them begins a line of its own.
        var first = frames.FindLastIndex(static frame => frame.IsScript) + 1;
        first = frames.FindIndex(first, static frame => frame.IsHashtable);
        var outer = frames.GetRange(0, first);
        var inner = frames.GetRange(first, frames.Count - first);
        var innermost = inner[inner.Count - 1];
        var word = last is not null && last.Extent.EndOffset == text.Length && ReferenceEquals(last, innermost.Word) ? last : null;
        return word is null && innermost.Word is not null ? null : new HashtablePosition(text, outer, inner, word);
    }

    private sealed class Frame(Token opening, string closer)
    {
        private bool isAfterEquals;

        public int Start => opening.Extent.StartOffset;

        public string Closer => closer;

        public bool IsHashtable => opening.Kind == TokenKind.AtCurly;

        public bool IsScript => opening.Kind is TokenKind.LCurly or TokenKind.DollarParen;

        public bool ExpectsKey { get; private set; } = true;

        public string? Key { get; private set; }

        public List<string> Keys { get; } = [];

        /// <summary>The only token of the key or value so far; null where there is none.</summary>
        public Token? Word { get; private set; }

        public static Frame? Open(Token token) =>
            token.Kind switch
            {
                TokenKind.AtCurly or TokenKind.LCurly => new Frame(token, "}"),
                TokenKind.AtParen or TokenKind.LParen or TokenKind.DollarParen => new Frame(token, ")"),
                TokenKind.LBracket => new Frame(token, "]"),
                _ => null,
            };

        public void Take(Token token)
        {
            if (!IsHashtable)
            {
                return;
            }

            // A value may begin on the next line.
            if (token.Kind == TokenKind.Semi || (token.Kind == TokenKind.NewLine && !isAfterEquals))
            {
                ExpectsKey = true;
                isAfterEquals = false;
                Key = null;
                Word = null;
            }
            else if (token.Kind == TokenKind.Equals && ExpectsKey)
            {
                Key = Text(Word);
                Keys.Add(Key ?? string.Empty);
                ExpectsKey = false;
                isAfterEquals = true;
                Word = null;
            }
            else if (token.Kind != TokenKind.NewLine)
            {
                isAfterEquals = false;
                Word = token;
            }
        }

        private static string? Text(Token? token) => token is StringToken text ? text.Value : token?.Text;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Emulator.Apps;

/// <summary>The fields that records of a noun usually have. Further fields are always allowed.</summary>
internal sealed class RecordShape
{
    private static readonly (string Nouns, string Fields)[] Known =
    {
        ("contact lead person prospect subscriber", "email:email! firstName lastName phone company jobTitle"),
        ("company organization account vendor supplier", "name! domain industry phone"),
        ("deal opportunity", "name! amount:number stage closeDate"),
        ("message chat comment reply direct-message chat-message", "text! channel threadId"),
        ("email mail", "to:email! subject! body"),
        ("task todo to-do", "title! description dueDate assignee status"),
        ("issue bug ticket case", "title! description labels:list assignee status priority"),
        ("note", "text! title"),
        ("channel conversation room", "name! topic isPrivate:boolean"),
        ("user member", "name! email:email role"),
        ("page document doc article post", "title! content parentId"),
        ("event meeting appointment", "title! startTime endTime location attendees:list"),
        ("repository repo", "name! description isPrivate:boolean"),
        ("pull-request merge-request", "title! head base body"),
        ("invoice bill", "number! customer amount:number currency dueDate"),
        ("product item", "name! description price:number sku"),
        ("order", "customer! total:number currency status"),
        ("file attachment", "name! contentType size:number url"),
        ("reminder", "text! time"),
        ("reaction", "name! messageId"),
        ("project board list workspace folder", "name! description"),
    };

    private static readonly Dictionary<string, RecordShape> ByNoun = Read();
    private static readonly RecordShape Other = new("name! description");

    private RecordShape(string fields) => Fields = fields.Split(' ').Select(RecordField.Parse).ToArray();

    public RecordShape(IEnumerable<RecordField> fields) => Fields = fields.ToArray();

    public IReadOnlyList<RecordField> Fields { get; }

    /// <summary>Returns the shape of a noun; of a longer noun that of its last word.</summary>
    public static RecordShape Of(string noun)
    {
        if (ByNoun.TryGetValue(noun, out var shape))
        {
            return shape;
        }

        var dash = noun.LastIndexOf('-');
        return dash >= 0 && ByNoun.TryGetValue(noun.Substring(dash + 1), out shape) ? shape : Other;
    }

    private static Dictionary<string, RecordShape> Read()
    {
        var shapes = new Dictionary<string, RecordShape>(StringComparer.Ordinal);
        foreach ((var nouns, var fields) in Known)
        {
            var shape = new RecordShape(fields);
            foreach (var noun in nouns.Split(' '))
            {
                shapes.Add(noun, shape);
            }
        }

        return shapes;
    }
}

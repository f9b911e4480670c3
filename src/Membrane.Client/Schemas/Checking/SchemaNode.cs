using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Membrane.Client.Schemas.Checking;

/// <summary>One compiled schema: true, false, or a list of keywords.</summary>
internal sealed class SchemaNode(DynamicScope scope)
{
    private bool tracksEvaluation;
    private bool acceptsNull;
    private bool concealsValue;

    public SchemaKeyword[] Keywords { get; private set; } = [];

    /// <summary>Whether this is the schema <c>false</c>.</summary>
    public bool IsNever { get; private set; }

    public void CompleteAsNever() => IsNever = true;

    public void Complete(List<SchemaKeyword> keywords, bool acceptsNull, bool concealsValue)
    {
        Keywords = keywords.ToArray();
        foreach (var keyword in keywords)
        {
            tracksEvaluation |= keyword.NeedsEvaluated;
        }

        this.acceptsNull = acceptsNull;
        this.concealsValue = concealsValue;
    }

    /// <param name="instance">The value.</param>
    /// <param name="check">The running check.</param>
    /// <param name="evaluated">Where evaluated members are recorded; null where no keyword needs them.</param>
    public bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        check.CountStep();
        if (IsNever)
        {
            if (check.Collects)
            {
                check.Report("false", "is not allowed.");
            }

            return false;
        }

        if (Keywords.Length == 0 || (acceptsNull && instance.ValueKind == JsonValueKind.Null))
        {
            return true;
        }

        // No finally: an exception ends the whole check.
        var entered = check.EnterScope(scope);
        if (concealsValue)
        {
            check.ConcealmentDepth++;
        }

        var own = tracksEvaluation ? new EvaluatedMembers() : evaluated;
        var valid = CheckKeywords(instance, check, own);
        if (tracksEvaluation && valid)
        {
            evaluated?.Add(own!);
        }

        if (concealsValue)
        {
            check.ConcealmentDepth--;
        }

        if (entered)
        {
            check.LeaveScope();
        }

        return valid;
    }

    private bool CheckKeywords(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var valid = true;
        foreach (var keyword in Keywords)
        {
            // What a failed keyword did not evaluate is not worth a second message.
            if (!valid && keyword.NeedsEvaluated)
            {
                continue;
            }

            if (keyword.Check(instance, check, evaluated))
            {
                continue;
            }

            valid = false;
            if (!check.Collects)
            {
                return false;
            }
        }

        return valid;
    }
}

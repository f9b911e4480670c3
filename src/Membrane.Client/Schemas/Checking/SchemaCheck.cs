using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Checking;

/// <summary>One check of one value. It either only decides, or also collects what is wrong.</summary>
internal sealed class SchemaCheck
{
    private const int MostViolations = 100;
    private const int StepsBetweenLooks = 16;

    // Alternatives inside alternatives can make the work grow without bound, and schemas come from a remote service.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly CompiledSchema compiled;
    private readonly InstancePath? path;
    private readonly List<DynamicScope>? scopes;
    private readonly Func<TimeSpan> elapsed;
    private List<SchemaViolation>? violations;
    private int dynamicSteps;
    private int steps;

    private SchemaCheck(CompiledSchema compiled, List<SchemaViolation>? violations, Func<TimeSpan> elapsed)
    {
        this.elapsed = elapsed;
        this.compiled = compiled;
        this.violations = violations;
        path = violations is null ? null : new InstancePath();
        scopes = compiled.UsesDynamicReferences ? new List<DynamicScope>() : null;
    }

    /// <summary>Whether violations are collected. None are once the list is full.</summary>
    public bool Collects => violations is { Count: < MostViolations };

    public int Depth => path?.Depth ?? 0;

    /// <summary>Above zero where messages must not repeat the value.</summary>
    public int ConcealmentDepth { get; set; }

    public static bool Decide(CompiledSchema compiled, JsonElement instance, Func<TimeSpan> elapsed)
    {
        try
        {
            return compiled.Root.Check(instance, new SchemaCheck(compiled, null, elapsed), null);
        }
        catch (Exception exception) when (exception is CheckStoppedException or InsufficientExecutionStackException)
        {
            return false;
        }
    }

    public static IReadOnlyList<SchemaViolation> Collect(CompiledSchema compiled, JsonElement instance, Func<TimeSpan> elapsed)
    {
        var violations = new List<SchemaViolation>();
        var check = new SchemaCheck(compiled, violations, elapsed);
        try
        {
            compiled.Root.Check(instance, check, null);
        }
        catch (CheckStoppedException exception)
        {
            check.AddStop(violations, exception.Keyword, exception.Message);
        }
        catch (InsufficientExecutionStackException)
        {
            check.path!.Clear();
            check.AddStop(violations, "", "is nested too deeply to be checked.");
        }

        return violations;
    }

    /// <summary>Ends the check if it has taken too long.</summary>
    public void CountStep()
    {
        if (++steps % StepsBetweenLooks != 0 || elapsed() < TimeLimit)
        {
            return;
        }

        throw new CheckStoppedException("", $"could not be checked: it takes longer than {TimeLimit.TotalSeconds} seconds.");
    }

    public bool CheckMember(SchemaNode node, string name, JsonElement value)
    {
        path?.Enter(name);
        var valid = CheckInside(node, value);
        path?.Leave();
        return valid;
    }

    public bool CheckItem(SchemaNode node, int index, JsonElement value)
    {
        path?.Enter(index);
        var valid = CheckInside(node, value);
        path?.Leave();
        return valid;
    }

    public bool MatchesItem(SchemaNode node, int index, JsonElement value)
    {
        var outer = violations;
        violations = null;
        var valid = CheckItem(node, index, value);
        violations = outer;
        return valid;
    }

    /// <summary>Decides whether a value matches a schema that it need not match: nothing is reported.</summary>
    public bool Matches(SchemaNode node, JsonElement instance, EvaluatedMembers? evaluated)
    {
        var outer = violations;
        violations = null;
        var branch = evaluated is null ? null : new EvaluatedMembers();
        var valid = node.Check(instance, this, branch);
        if (valid && branch is not null)
        {
            evaluated!.Add(branch);
        }

        violations = outer;
        return valid;
    }

    /// <summary>Collects the violations of one schema separately.</summary>
    public List<SchemaViolation> CollectApart(SchemaNode node, JsonElement instance)
    {
        var outer = violations;
        var apart = new List<SchemaViolation>();
        violations = apart;
        node.Check(instance, this, null);
        violations = outer;
        return apart;
    }

    public List<SchemaViolation> CollectApart(SchemaNode node, string name, JsonElement value)
    {
        path!.Enter(name);
        var apart = CollectApart(node, value);
        path.Leave();
        return apart;
    }

    public bool EnterScope(DynamicScope scope)
    {
        if (scopes is null || (scopes.Count > 0 && scopes[scopes.Count - 1] == scope))
        {
            return false;
        }

        scopes.Add(scope);
        return true;
    }

    public void LeaveScope() => scopes!.RemoveAt(scopes.Count - 1);

    /// <summary>Finds the dynamic anchor in the outermost resource that was entered on the way to the current schema.</summary>
    public SchemaNode? FindDynamicAnchor(string name)
    {
        foreach (var scope in scopes!)
        {
            if (scope.Nodes.TryGetValue(name, out var node))
            {
                return node;
            }
        }

        return null;
    }

    public bool CheckDynamically(SchemaNode node, JsonElement instance, EvaluatedMembers? evaluated)
    {
        if (++dynamicSteps > compiled.NodeCount)
        {
            throw new CheckStoppedException("$dynamicRef", "cannot be checked: the schema refers back to itself without end.");
        }

        var valid = node.Check(instance, this, evaluated);
        dynamicSteps--;
        return valid;
    }

    /// <summary>Reports a violation by the current value.</summary>
    /// <param name="keyword">The keyword that is not met.</param>
    /// <param name="predicate">The sentence after the name of the field.</param>
    /// <param name="expected">What would be right, where it can follow the words "must be".</param>
    public void Report(string keyword, string predicate, string? expected = null) =>
        Add(new SchemaViolation(path!.ToString(), path.ToPointer(), path.Depth, keyword, predicate, expected));

    /// <summary>Reports that the current value must be something else.</summary>
    public void ReportExpected(string keyword, string expected, JsonElement instance) =>
        Report(keyword, $"must be {expected}, but is {Describe(instance)}.", expected);

    public void ReportMember(string name, string keyword, string predicate)
    {
        path!.Enter(name);
        Report(keyword, predicate);
        path.Leave();
    }

    public void ReportItem(int index, string keyword, string predicate)
    {
        path!.Enter(index);
        Report(keyword, predicate);
        path.Leave();
    }

    public void Add(SchemaViolation violation)
    {
        if (violations!.Count >= MostViolations)
        {
            return;
        }

        if (violations.Any(known => known.Pointer == violation.Pointer && known.Message == violation.Message))
        {
            return;
        }

        violations.Add(violation);
    }

    public string Describe(JsonElement instance) => ConcealmentDepth > 0 ? ValueWords.Kind(instance) : ValueWords.Describe(instance);

    private bool CheckInside(SchemaNode node, JsonElement value)
    {
        var outer = dynamicSteps;
        dynamicSteps = 0;
        var valid = node.Check(value, this, null);
        dynamicSteps = outer;
        return valid;
    }

    private void AddStop(List<SchemaViolation> all, string keyword, string reason)
    {
        violations = all;
        if (all.Count >= MostViolations)
        {
            all.RemoveAt(all.Count - 1);
        }

        Report(keyword, reason);
    }
}

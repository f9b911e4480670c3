using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Membrane.Client.Shards;

/// <summary>The number of this worker among those that share an input, as the program that started it tells by the environment.</summary>
/// <param name="Index">The number, from 0.</param>
/// <param name="Count">How many workers there are.</param>
internal sealed record WorkerNumber(int Index, int Count)
{
    private const string SlurmIndex = "SLURM_ARRAY_TASK_ID";
    private const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";

    private static readonly WorkerEngine[] Engines =
    [
        new("Kubernetes", "JOB_COMPLETION_INDEX", 0, null),
        new("Slurm", SlurmIndex, 0, SlurmCount),
        new("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", 0, "AWS_BATCH_JOB_ARRAY_SIZE"),
        new("Google Batch", "BATCH_TASK_INDEX", 0, "BATCH_TASK_COUNT"),
        new("Cloud Run", "CLOUD_RUN_TASK_INDEX", 0, "CLOUD_RUN_TASK_COUNT"),
        new("Azure Pipelines", "SYSTEM_JOBPOSITIONINPHASE", 1, "SYSTEM_TOTALJOBSINPHASE"),
        new("GitLab CI", "CI_NODE_INDEX", 1, "CI_NODE_TOTAL"),
        new("CircleCI", "CIRCLE_NODE_INDEX", 0, "CIRCLE_NODE_TOTAL"),
        new("Buildkite", "BUILDKITE_PARALLEL_JOB", 0, "BUILDKITE_PARALLEL_JOB_COUNT"),
    ];

    /// <summary>The variables that are looked at for the number.</summary>
    public static IEnumerable<string> Variables => Engines.Select(static engine => engine.Index);

    /// <summary>Reads the number.</summary>
    /// <param name="count">How many workers there are, where the caller says so.</param>
    /// <param name="read">Reads an environment variable.</param>
    /// <exception cref="MembraneInputException">No program tells, several do, or what they tell is not a number.</exception>
    public static WorkerNumber Read(int? count, Func<string, string?> read)
    {
        var found = Engines.Where(engine => !string.IsNullOrWhiteSpace(read(engine.Index))).ToArray();
        if (found.Length != 1)
        {
            throw Refuse(
                found.Length == 0
                    ? $"None of the environment variables {string.Join(", ", Variables)} is set."
                    : "The environment has the number of a worker more than once: "
                        + $"{string.Join(", ", found.Select(static one => one.Index))}.",
                "Pass the number of this worker in Index, from 0, and in Count how many there are."
            );
        }

        var engine = found[0];
        var given = Number(engine.Index, read);
        if (count is { } known)
        {
            return new WorkerNumber(given - engine.First, known);
        }

        if (engine.Count is null || string.IsNullOrWhiteSpace(read(engine.Count)))
        {
            throw Refuse(
                $"{engine.Name} gives the number of this worker in {engine.Index}, but not how many there are.",
                "Pass that number in Count."
            );
        }

        var total = Number(engine.Count, read);
        return engine.Index == SlurmIndex ? OfSlurm(given, total, read) : new WorkerNumber(given - engine.First, total);
    }

    // An array begins where it likes, in steps, and may name a few tasks only: those that are run again.
    private static WorkerNumber OfSlurm(int given, int total, Func<string, string?> read)
    {
        const string MinVariable = "SLURM_ARRAY_TASK_MIN";
        const string MaxVariable = "SLURM_ARRAY_TASK_MAX";
        const string StepVariable = "SLURM_ARRAY_TASK_STEP";
        var first = Number(MinVariable, read);
        var last = Number(MaxVariable, read);
        var step = string.IsNullOrWhiteSpace(read(StepVariable)) ? 1 : Math.Max(1, Number(StepVariable, read));
        return ((last - first) / step) + 1 == total && (given - first) % step == 0
            ? new WorkerNumber((given - first) / step, total)
            : throw Refuse(
                $"The {total} tasks of this Slurm array, from {first} to {last}, are not all of one row of numbers.",
                "Number tasks from 0, and pass in Count how many there are when all run."
            );
    }

    private static int Number(string variable, Func<string, string?> read) =>
        int.TryParse(read(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse(
                $"The environment variable {variable} is '{read(variable)}', which is not a number.",
                "Pass the number of this worker in Index, from 0, and in Count how many there are."
            );

    private static MembraneInputException Refuse(string message, string advice) =>
        new(ErrorIds.InvalidInput, "IndexFromEnvironment", message, advice);
}

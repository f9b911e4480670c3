using System;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>What is wrong with the YAML of a file, and where.</summary>
internal sealed class YamlProblem : Exception
{
    public YamlProblem(string message, long line, long column)
        : base(FormattableString.Invariant($"line {line}, column {column}: {message}"))
    {
    }
}

using System;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>What is wrong with the YAML of a file, and where.</summary>
internal sealed class YamlProblem(string message, long line, long column)
    : Exception(FormattableString.Invariant($"line {line}, column {column}: {message}")) { }

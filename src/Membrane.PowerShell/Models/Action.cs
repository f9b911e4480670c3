namespace Membrane;

/// <summary>
/// An action under the name that scripts have for it. In C# it is <see cref="MembraneAction"/>, since <c>Action</c> is a name of
/// <c>System</c>.
/// </summary>
public sealed class Action : MembraneAction;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Sessions;

/// <summary>The contexts and emulators of one runspace. Another runspace, and so another job, never sees them.</summary>
internal sealed class RunspaceState
{
    /// <summary>The name of a context that is given no name, and so of the stored sign-in that Connect-Membrane uses by default.</summary>
    public const string DefaultContextName = "default";

    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    private readonly List<MembraneContext> contexts = [];
    private readonly List<MembraneEmulator> emulators = [];
    private readonly List<SignInFailure> failures = [];

    public static RunspaceState Current =>
        States.GetValue(
            Runspace.DefaultRunspace,
            static runspace =>
            {
                var state = new RunspaceState();
                runspace.StateChanged += (_, change) =>
                {
                    if (
                        change.RunspaceStateInfo.State
                        is System.Management.Automation.Runspaces.RunspaceState.Closed
                            or System.Management.Automation.Runspaces.RunspaceState.Broken
                    )
                    {
                        state.Close();
                    }
                };
                return state;
            }
        );

    public IReadOnlyList<MembraneContext> Contexts => contexts.ToArray();

    public IReadOnlyList<MembraneEmulator> Emulators => emulators.ToArray();

    public MembraneEmulator? NewestEmulator => emulators.LastOrDefault();

    public MembraneContext? DefaultContext => contexts.FirstOrDefault(static context => context.IsDefault);

    /// <summary>Whether this session has signed in, or was to; also where nothing is left of it.</summary>
    public bool HasSignedIn { get; private set; }

    /// <summary>The last sign-in, where it did not come about; null after one that did, and after the choice of another context.</summary>
    public SignInFailure? Failure { get; private set; }

    public MembraneContext? Find(string name) =>
        contexts.FirstOrDefault(context => string.Equals(context.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a context and makes it the default one. One of the same name is replaced.</summary>
    public void Add(MembraneContext context)
    {
        if (Find(context.Name) is { } replaced)
        {
            Remove(replaced);
        }

        contexts.Add(context);
        SetDefault(context);
    }

    /// <summary>
    /// Notes that a sign-in did not come about. What a script does next was meant for its context: so no other context is the default, and
    /// an earlier one of its name is not found by the name, until it is selected.
    /// </summary>
    public void Fail(SignInFailure failure)
    {
        HasSignedIn = true;
        Failure = failure;
        failures.RemoveAll(other => other.IsOf(failure.Name));
        failures.Add(failure);
        foreach (var context in contexts)
        {
            context.IsDefault = false;
        }
    }

    /// <summary>Returns why a name does not stand for the context that has it; null where it does.</summary>
    public SignInFailure? FindFailure(string name) => failures.Find(failure => failure.IsOf(name));

    public void SetDefault(MembraneContext context)
    {
        HasSignedIn = true;
        Failure = null;
        failures.RemoveAll(failure => failure.IsOf(context.Name));
        foreach (var other in contexts)
        {
            other.IsDefault = ReferenceEquals(other, context);
        }
    }

    /// <summary>Ends a context. What is under way with it fails.</summary>
    public void Remove(MembraneContext context)
    {
        contexts.Remove(context);
        context.IsDefault = false;
        (context.Session as IDisposable)?.Dispose();
        context.Session = null;
    }

    public void Add(MembraneEmulator emulator) => emulators.Add(emulator);

    /// <summary>Stops the emulator of an ended context, where it was started for contexts and no other one uses it.</summary>
    public void StopUnused(MembraneEmulator? emulator)
    {
        if (emulator is { EndsWithContexts: true } && contexts.TrueForAll(context => !ReferenceEquals(context.Emulator, emulator)))
        {
            Remove(emulator);
        }
    }

    /// <summary>Stops an emulator and ends the contexts that use it.</summary>
    public void Remove(MembraneEmulator emulator)
    {
        emulators.Remove(emulator);
        foreach (var context in Contexts.Where(context => ReferenceEquals(context.Emulator, emulator)))
        {
            Remove(context);
        }

        (emulator.Host as IDisposable)?.Dispose();
    }

    private void Close()
    {
        foreach (var context in Contexts)
        {
            Remove(context);
        }

        foreach (var emulator in Emulators)
        {
            Remove(emulator);
        }
    }
}

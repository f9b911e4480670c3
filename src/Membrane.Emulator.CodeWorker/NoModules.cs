using Jint;
using Jint.Runtime.Modules;

namespace Membrane.Emulator.CodeWorker;

/// <summary>Refuses all imports: there are no files and no packages.</summary>
internal sealed class NoModules : IModuleLoader
{
    /// <inheritdoc/>
    public ResolvedSpecifier Resolve(string? referencingModuleLocation, ModuleRequest moduleRequest) =>
        moduleRequest.Specifier == Script.Name
            ? new ResolvedSpecifier(moduleRequest, moduleRequest.Specifier, null, SpecifierType.Bare)
            : throw new ModuleResolutionException(
                $"Cannot import '{moduleRequest.Specifier}': code runs alone, without files and packages",
                moduleRequest.Specifier,
                referencingModuleLocation,
                null
            );

    /// <inheritdoc/>
    public Module LoadModule(Engine engine, ResolvedSpecifier resolved) =>
        throw new ModuleResolutionException("Code runs alone, without files and packages", resolved.Key, null, null);
}

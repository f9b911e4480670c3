namespace Membrane.PowerShell.Loader;
internal static class Placeholder;

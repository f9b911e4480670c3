namespace Membrane.PowerShell;
internal static class Placeholder;

namespace Membrane;
internal static class Placeholder;

namespace Membrane.Client;
internal static class Placeholder;

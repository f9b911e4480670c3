#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for init-only properties on frameworks older than .NET 5.</summary>
internal static class IsExternalInit { }
#endif

#if !NET
namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler emit init-only properties for a framework that lacks this marker.</summary>
internal static class IsExternalInit;
#endif

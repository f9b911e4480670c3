using System;
using System.Linq;

namespace Membrane.Emulator.Tests.Support;

/// <summary>Expressions of JavaScript whose value follows from the language alone.</summary>
internal sealed class RandomJavaScript(Random random)
{
    private static readonly string[] Numbers =
    [
        "0",
        "1",
        "-1",
        "2.5",
        "-0",
        "NaN",
        "Infinity",
        "1e21",
        "0x1f",
        "255",
        "1/3",
        "2**53",
        "1e-7",
        "0.1+0.2",
    ];

    private static readonly string[] Texts =
    [
        "''",
        "'a'",
        "'Hello, World'",
        "'  12px '",
        "'0x10'",
        "'a,b,,c'",
        "'\\u00e9\\u{1f600}z'",
        "'aaa'",
        "'line\\nnext'",
        "`${1 + 1}!`",
        "'3e2'",
        "'\\ud83d'",
    ];

    private static readonly string[] Patterns =
    [
        "/a/g",
        "/[a-z]+/gi",
        "/(?<first>\\w)(\\w*)/",
        "/\\s*,\\s*/",
        "/^$/",
        "/\\p{L}/u",
        "/(?<=l)l/",
        "/\\d+/g",
    ];

    /// <summary>Returns the next expression.</summary>
    public string Next() => Any(4);

    private string Any(int depth) =>
        random.Next(4) switch
        {
            0 => Number(depth),
            1 => Text(depth),
            2 => List(depth),
            _ => Thing(depth),
        };

    private string Number(int depth) =>
        depth <= 0
            ? Of(Numbers)
            : random.Next(16) switch
            {
                0 => $"({Number(depth - 1)} {Of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>")} {Number(depth - 1)})",
                1 => $"Math.{Of("floor", "ceil", "round", "trunc", "abs", "sign", "sqrt", "fround", "clz32")}({Any(depth - 1)})",
                2 => $"Math.{Of("max", "min")}(...{List(depth - 1)})",
                3 => $"{Of("parseInt", "parseFloat", "Number")}({Text(depth - 1)})",
                4 => $"{Text(depth - 1)}.length",
                5 => $"{Text(depth - 1)}.{Of("indexOf", "lastIndexOf", "search")}({Of("'a'", "'l'", "'o'")})",
                6 => $"{Text(depth - 1)}.{Of("charCodeAt", "codePointAt")}({random.Next(3)})",
                7 => $"{List(depth - 1)}.length",
                8 => $"{List(depth - 1)}.reduce((sum, item) => sum + Number(item), 0)",
                9 => $"(({Number(depth - 1)}) > ({Number(depth - 1)}) ? {Number(depth - 1)} : {Number(depth - 1)})",
                10 => $"(~({Number(depth - 1)}))",
                11 => $"Number(BigInt.asIntN({random.Next(1, 64)}, BigInt(Math.trunc({Of(Numbers)}))))",
                12 => $"((x) => {{ let n = 0; for (const item of x) n += item ? 1 : 2; return n }})({List(depth - 1)})",
                13 => $"new Date({random.Next(2_000_000_000)}000).{Of("getUTCDay", "getUTCMonth", "getTime", "getUTCDate")}()",
                14 => $"({Thing(depth - 1)}?.a ?? {Number(depth - 1)})",
                _ => Of(Numbers),
            };

    private string Text(int depth) =>
        depth <= 0
            ? Of(Texts)
            : random.Next(18) switch
            {
                0 => $"({Text(depth - 1)} + {Any(depth - 1)})",
                1 => $"`<${{{Any(depth - 1)}}}>`",
                2 => $"{Text(depth - 1)}.{Of("toUpperCase", "toLowerCase", "trim", "trimEnd", "normalize", "toWellFormed")}()",
                3 => $"{Text(depth - 1)}.{Of("slice", "substring", "substr")}({random.Next(-3, 4)}, {random.Next(-3, 6)})",
                4 => $"{Text(depth - 1)}.{Of("padStart", "padEnd")}({random.Next(9)}, {Of("'-'", "'ab'", "''")})",
                5 => $"{Text(depth - 1)}.repeat({random.Next(-1, 4)})",
                6 => $"{Text(depth - 1)}.replace({Of(Patterns)}, {Of("'[$&]'", "'$1$<first>'", "(m) => m.length")})",
                7 => $"{Text(depth - 1)}.replaceAll({Of("'a'", "'l'", "/l/g", "/l/")}, {Of("'$$'", "'x'")})",
                8 => $"{List(depth - 1)}.join({Of("''", "'-'", "undefined")})",
                9 => $"String({Any(depth - 1)})",
                10 => $"JSON.stringify({Any(depth - 1)}{Of("", ", null, 2", ", ['a']")})",
                11 => $"(({Number(depth - 1)}) | 0).toString({random.Next(2, 37)})",
                12 => $"({Number(depth - 1)}).{Of("toFixed", "toString")}({Of("0", "2", "10")}).split('.')[0]",
                13 => $"typeof ({Any(depth - 1)})",
                14 => $"{Of("encodeURIComponent", "encodeURI", "escape")}({Text(depth - 1)})",
                15 => $"new Date({random.Next(2_000_000_000)}000).toISOString()",
                16 => $"({random.Next(1, 99)}n ** {random.Next(1, 30)}n).toString({random.Next(2, 37)})",
                _ => Of(Texts),
            };

    private string List(int depth) =>
        depth <= 0
            ? Of("[]", "[1, 2, 3]", "['b', 'a']", "[, 1]", "[[1], [2, [3]]]", "[null, undefined, NaN]")
            : random.Next(18) switch
            {
                0 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Any(depth - 1)))}]",
                1 => $"[...{List(depth - 1)}, ...{Text(depth - 1)}]",
                2 => $"{List(depth - 1)}.map((item, index) => {Of("index", "[item]", "item?.a", "String(item)", "item * 2")})",
                3 => $"{List(depth - 1)}.filter({Of("Boolean", "(item) => item > 1", "(item, index) => index % 2")})",
                4 =>
                    $"{List(depth - 1)}.{Of("sort", "toSorted")}({Of("", "(a, b) => (String(a) < String(b) ? 1 : String(a) > String(b) ? -1 : 0)")})",
                5 => $"{List(depth - 1)}.{Of("reverse", "toReversed", "flat", "fill.bind([1, 2], 7)")}()",
                6 => $"{List(depth - 1)}.slice({random.Next(-3, 4)}, {random.Next(-3, 6)})",
                7 => $"((x) => [x.splice({random.Next(-2, 3)}, {random.Next(3)}, 'new'), x])({List(depth - 1)})",
                8 => $"{List(depth - 1)}.concat({Any(depth - 1)})",
                9 => $"{Text(depth - 1)}.split({Of("''", "','", "/(,)/", "'l'", "undefined")})",
                10 => $"[...{Text(depth - 1)}.matchAll({Of("/a/g", "/[a-z]/gi", "/\\w(\\w)/g")})].map((match) => [match.index, ...match])",
                11 => $"{Text(depth - 1)}.match({Of(Patterns)})?.slice() ?? []",
                12 => $"Object.{Of("keys", "values", "entries")}({Thing(depth - 1)})",
                13 => $"Array.from({{ length: {random.Next(5)} }}, (_, index) => index ** 2)",
                14 => $"[...new Set({List(depth - 1)})]",
                15 => $"Array.from((function* (x) {{ for (const item of x) yield item; yield x.length }})({List(depth - 1)}))",
                16 => $"(([first, ...rest]) => [rest, first])({List(depth - 1)})",
                _ => $"Array.of({Any(depth - 1)})",
            };

    private string Thing(int depth) =>
        depth <= 0
            ? Of("({})", "({ a: 1 })", "null", "undefined", "true", "false", "({ b: { a: 2 }, a: 'x' })", "10n")
            : random.Next(14) switch
            {
                0 => $"({{ a: {Any(depth - 1)}, [{Text(depth - 1)}]: {Any(depth - 1)} }})",
                1 => $"({{ ...{Any(depth - 1)}, z: {Number(depth - 1)} }})",
                2 => $"new Map([['k', {Any(depth - 1)}], [{Number(depth - 1)}, 1]])",
                3 => $"new Set({List(depth - 1)})",
                4 => $"JSON.parse(JSON.stringify({{ a: {Any(depth - 1)} }}))",
                5 => $"(({Any(depth - 1)}) {Of("===", "==", "<", "<=", "!=", ">")} ({Any(depth - 1)}))",
                6 => $"(!({Any(depth - 1)}))",
                7 => $"(({Any(depth - 1)}) {Of("||", "&&", "??")} ({Any(depth - 1)}))",
                8 => $"{Of(Patterns)}.test({Text(depth - 1)})",
                9 => $"(({{ a = 5, ...rest }}) => ({{ a, rest }}))({Thing(depth - 1)} ?? {{}})",
                10 => $"Object.fromEntries({List(depth - 1)}.map((item, index) => [`k${{index}}`, item]))",
                11 =>
                    $"await (async () => {{ try {{ return await {Of("Promise.resolve", "Promise.reject")}({Any(depth - 1)}) }} catch (error) {{ return ['caught', error] }} }})()",
                12 => $"new (class {{ #x; constructor(x) {{ this.#x = x }} get a() {{ return this.#x }} }})({Number(depth - 1)}).a",
                _ => $"(({Any(depth - 1)}) instanceof {Of("Object", "Array", "Map")})",
            };

    private string Of(params string[] choices) => choices[random.Next(choices.Length)];
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>The same JavaScript in the emulator and in Node: values are what the language says.</summary>
public sealed class CodeOracleTests(ITestOutputHelper output)
{
    private const int Expressions = 600;

    // The delays of timers lie far apart: a stall of some milliseconds turns close ones round, in Node too.
    // Left out is where the engines differ and the language leaves it to them, and one fault of Jint 4.18: of a letter and its
    // combining mark, [...text] makes one.
    private static readonly string[] Snippets =
    [
        "(() => { let a = 1, b = 2; [a, b] = [b, a]; return { a, b } })()",
        "(() => { outer: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) if (j === 1) continue outer; else if (i === 2) break outer; return 'done' })()",
        "(() => { const seen = []; for (var i = 0; i < 3; i++) seen.push(() => i); let more = []; for (let i = 0; i < 3; i++) more.push(() => i); return [seen, more].map((x) => x.map((f) => f())) })()",
        "(() => { try { return 'try' } finally { void 0 } })()",
        "(() => { try { null.x } catch ({ name }) { return name } })()",
        "(() => { switch (3) { case 1: return 1; default: case 2: return 2 } })()",
        "(() => { class A { constructor() { this.n = new.target.name } m() { return 'A' } } class B extends A { m() { return super.m() + 'B' } } const b = new B(); return [b.n, b.m(), b instanceof A] })()",
        "await (async () => { const order = []; const p = Promise.resolve().then(() => order.push(1)); order.push(0); await p; await null; order.push(2); return order })()",
        "await Promise.allSettled([1, Promise.reject(new RangeError('x')), new Promise((go) => setTimeout(go, 1, 'late'))]).then((all) => all.map((one) => one.value ?? one.reason.name))",
        "await Promise.race([new Promise((go) => setTimeout(go, 300, 'slow')), new Promise((go) => setTimeout(go, 1, 'fast'))])",
        "await Promise.any([Promise.reject(1), 2])",
        "await (async () => { const out = []; for await (const x of (async function* () { yield 1; yield* [2, 3] })()) out.push(x); return out })()",
        "await new Promise((go) => { const out = []; setTimeout(() => out.push('b'), 150); setTimeout(() => out.push('a'), 1); setTimeout(() => go(out), 300) })",
        "[3, 1, 2].toSorted().with(0, 9)",
        "Object.groupBy?.([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even'))?.odd ?? [1, 3]",
        "'\\u0041\\x42'",
        "[10, 9, 1].sort()",
        "[1, 2, 3].at(-1)",
        "new Date(Date.UTC(2024, 1, 29, 12)).toISOString()",
        "new Date('2024-03-10T12:30:00+02:00').toJSON()",
        "Date.parse('2024-01-01')",
        "JSON.stringify({ a: [undefined, () => 1, Symbol('x')], b: undefined, c: new Date(0), d: { toJSON: () => 'j' } })",
        "JSON.parse('{\"__proto__\": 1, \"a\": [1, 2, {\"b\": null}]}', (key, value) => (typeof value === 'number' ? value + 1 : value))",
        "JSON.stringify('\\u2028\\ud800')",
        "Number('1_000')",
        "[0.1 * 3, 1e300 * 1e10, 5e-324 / 2, 123456789012345680000, 1e21, 0.000001, 1e-7]",
        "(25).toString(36) + (0.5).toString(2) + (255).toString(16)",
        "[(1.005).toFixed(2), (1e21).toFixed(2), (1.45).toPrecision(2), (0).toExponential(2), (-1.5).toFixed(0)]",
        "[5 % -3, -5 % 3, -0 % 1, 2 ** -1, 7 >>> 1, -7 >> 1, -7 >>> 28]",
        "new Proxy({}, { get: (_, key) => key.toUpperCase() }).hello",
        "Reflect.ownKeys({ b: 1, 2: 1, a: 1, 1: 1 })",
        "Object.entries({ z: 1, 10: 2, 9: 3 })",
        "[typeof null, typeof undefined, typeof (() => 1), typeof 1n, typeof Symbol()]",
        "'x'.localeCompare === undefined",
        "new WeakMap([[{}, 1]]) instanceof WeakMap",
        "[...'ab'].entries().next().value",
        "String.raw`a\\n${1}`",
        "((a, b = a, ...c) => [a, b, c])(1, undefined, 3, 4)",
        "(function () { return arguments.length })(1, 2, 3)",
        "(function () { return this === undefined })()",
        "[1, [2, [3, [4]]]].flat(Infinity)",
        "Array.isArray(Object.create(Array.prototype))",
        "new Uint8Array([1, 256, -1]).join()",
        "new Int16Array(new Uint8Array([1, 2, 3, 4]).buffer)[0]",
        "parseInt('08') + parseInt('0b1') + parseFloat('.5e1x')",
        "'aXbX'.replace('X', '$`|$\\'|$&')",
        "'2024-05-06'.match(/(?<y>\\d+)-(?<m>\\d+)/).groups.m",
        "/a.c/s.test('a\\nc') && !/a.c/.test('a\\nc')",
        "'abcabc'.lastIndexOf('c', -1)",
        "[...'aab'.matchAll(/a/g)].length",
        "/(?:)/y.sticky",
        "(() => { const r = /a/g; return [r.test('aa'), r.lastIndex, r.test('aa'), r.test('aa')] })()",
        "missingName",
        "null.x",
        "(void 0)()",
        "new Array(-1)",
        "'x'.repeat(-1)",
        "decodeURIComponent('%')",
        "BigInt(1.5)",
        "1n + 1",
        "Symbol() + ''",
        "JSON.parse('{')",
        "new (class { constructor() { this.#p } #p = 1 })()",
        "Object.freeze([1]).push(2)",
        "(() => { 'use strict'; undefined.x = 1 })()",
        "(() => { x; let x = 1 })()",
        "(() => { const c = 1; c = 2 })()",
    ];

    // What a value is, in words that JSON keeps.
    private const string Harness = """
        const show = (value, depth = 0) => {
          if (depth > 8) return '…';
          if (typeof value === 'bigint') return `${value}n`;
          if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
          if (typeof value === 'string') return JSON.stringify(value);
          if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
          if (typeof value !== 'object' || value === null) return String(value);
          if (value instanceof Date) return `Date ${value.getTime()}`;
          if (value instanceof RegExp) return String(value);
          if (value instanceof Error) return value.name;
          if (value instanceof Map) return `Map ${show([...value], depth + 1)}`;
          if (value instanceof Set) return `Set ${show([...value], depth + 1)}`;
          if (Array.isArray(value)) return `[${Array.from(value, (item, index) => (index in value ? show(item, depth + 1) : 'hole')).join()}]`;
          return `{${Object.keys(value).map((key) => `${JSON.stringify(key)}:${show(value[key], depth + 1)}`).join()}}`;
        };
        const attempt = async (work) => {
          try {
            return show(await work());
          } catch (error) {
            return `! ${error?.name ?? error}`;
          }
        };
        export default async () => {
          const ends = [];
          for (const work of works) ends.push(await attempt(work));
          return ends;
        };

        """;

    [Fact]
    public async Task Values_are_those_of_Node()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var generator = new RandomJavaScript(new Random(seed));
        var expressions = Snippets.Concat(Enumerable.Range(0, Expressions).Select(_ => generator.Next())).ToArray();
        var code = Harness + "const works = [\n" + string.Concat(expressions.Select(static text => $"  async () => ({text}),\n")) + "];\n";
        var wanted = await InNode(code);
        using var workspace = new TestWorkspace();

        var answer = (await workspace.Alice.Post("/act", new { code })).Ok();
        var given = answer.Json.GetProperty("output").EnumerateArray().Select(static end => end.GetString()!).ToArray();

        Assert.Equal(expressions.Length, wanted.Length);
        Assert.Equal(expressions.Length, given.Length);
        var different = expressions
            .Select((text, index) => (Text: text, Wanted: wanted[index], Given: given[index]))
            .Where(static one => Digits(one.Wanted) != Digits(one.Given))
            .Select(static one => $"{one.Text}\n    Node: {one.Wanted}\n    here: {one.Given}")
            .ToArray();
        output.WriteLine($"{expressions.Length} expressions, {wanted.Count(static end => end[0] == '!')} of them throw");
        Assert.True(different.Length == 0, $"{different.Length} differ:\n{string.Join("\n", different)}");
    }

    // The second fault of Jint 4.18: of some numbers beyond 2**53 it writes all digits that they have, 279223176896970752 for
    // 279223176896970750. Both are read as the same number.
    private static string Digits(string text) =>
        Regex.Replace(
            text,
            @"\d{17,21}(?![\dn])",
            static digits => double.Parse(digits.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)
        );

    private static async Task<string[]> InNode(string code)
    {
        var folder = Directory.CreateTempSubdirectory("membrane-oracle-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "code.mjs"), code);
            var main = Path.Combine(folder, "main.mjs");
            await File.WriteAllTextAsync(main, "import main from './code.mjs'; console.log(JSON.stringify(await main()));");
            using var node = Process.Start(
                new ProcessStartInfo("node", [main]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var errors = node.StandardError.ReadToEndAsync();
            var text = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, await errors);
            return JsonSerializer.Deserialize<string[]>(text)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

// Compiled by NativeFuzz.Tests.ps1: actions with schemas that nobody means well with, the script that the module makes of
// them, and a look at everything in that script that could do something.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text;

public sealed class HostileSchemas
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Nasty =
    {
        "'",
        "''",
        "\u2018",
        "\u2019",
        "\u201A",
        "\u201B",
        "\"",
        "\u201C",
        "$(throw 'ran')",
        "$env:PATH",
        "${x}",
        "`",
        "`n",
        "\n",
        "\r\n",
        "\r",
        "'@\n",
        "\"@\n",
        "@'",
        "#>",
        "<#",
        "#",
        "\u2029",
        "\u2028",
        "\u0085",
        "\u202E",
        "\u2066",
        "\u200B",
        "\uFEFF",
        "\u00AD",
        "\0",
        "\u0007",
        "\u001B[31m",
        ";",
        "|",
        "&",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "%",
        "--%",
        ",",
        "@{}",
        "$null",
        "$true",
        ".EXAMPLE",
        ".PARAMETER Email",
        "\n.SYNOPSIS\n",
        "');throw 'ran';('",
        "')] [string] $x = (throw 'ran'), [Parameter('",
        "} ; throw 'ran' ; function x {",
        "\uD83D",
        "\uDE00",
        "\U0001F600",
        "a\u0301",
        "\u05D0\u05D1",
        "\u4E2D\u6587",
        " ",
        "\t",
        "é",
        "ß",
        "_",
        "-",
        ".",
        "0",
        "x",
        "Name",
        "email",
        "id",
        "Verbose",
        "WhatIf",
        "input",
        "args",
        "Error",
        "Context",
        "ThrottleLimit",
        "__proto__",
        "constructor",
        "$ref",
        "#requires -Version 99",
        "using module x",
        "&amp;",
        "]]>",
        "<!--",
        "%s",
        "{0}",
        "\\",
        "\\u0027",
        "C:\\",
        "/../",
        "=",
    };

    private readonly Assembly client;
    private readonly Random random;
    private readonly ConstructorInfo planner;
    private readonly MethodInfo plan;
    private readonly MethodInfo write;
    private readonly MethodInfo files;
    private readonly MethodInfo recordOf;
    private readonly Type naming;
    private readonly object objects;
    private readonly Type action;

    public HostileSchemas(int seed)
    {
        random = new Random(seed);
        client = AppDomain.CurrentDomain.GetAssemblies().First(assembly => assembly.GetName().Name == "Membrane.Client");
        Type type = client.GetType("Membrane.Client.NativeCommands.AppPlanner", true);
        planner = type.GetConstructors().Single();
        plan = type.GetMethods(Any).Single(method => method.Name == "Plan" && method.IsPublic);
        write = client.GetType("Membrane.Client.NativeCommands.ModuleScript", true).GetMethod("Write", Any);
        files = client.GetType("Membrane.Client.NativeCommands.ModuleFiles", true).GetMethod("Make", Any);
        recordOf = client.GetType("Membrane.Client.NativeCommands.ModuleRecord", true).GetMethod("Of", Any);
        naming = client.GetType("Membrane.Client.NativeCommands.CommandNaming", true);
        objects = client.GetType("Membrane.Client.Json.DictionaryObjectAdapter", true).GetProperty("Instance", Any).GetValue(null);
        action = plan.GetParameters()[3].ParameterType.GetGenericArguments()[0];
    }

    // The schemas of a number of actions, and everything wrong with the module that is made of them.
    public string[] Check(int actions)
    {
        var made = Array.CreateInstance(action, actions);
        for (int index = 0; index < actions; index++)
        {
            object one = Activator.CreateInstance(action, true);
            Set(one, "Id", "id" + index);
            Set(one, "Key", random.Next(4) == 0 ? Text(3) : "create-thing-" + index);
            Set(one, "Name", Text(4));
            Set(one, "Description", Text(6));
            Set(one, "InputSchema", Root());
            Set(one, "OutputSchema", Root());
            made.SetValue(one, index);
        }

        object names = Activator.CreateInstance(naming, Text(2), Text(2), null);
        object planned = plan.Invoke(
            planner.Invoke(new[] { names, objects }),
            new object[] { "Membrane.App.Test", Text(3), Text(2), made, null, null }
        );
        string script = (string)write.Invoke(null, new[] { planned });
        object record = recordOf.Invoke(null, new[] { planned, "1.0.0", "Test" });
        var problems = new List<string>(Problems(script, actions));
        foreach (var file in (IEnumerable<KeyValuePair<string, byte[]>>)files.Invoke(null, new[] { planned, record }))
        {
            string text = new UTF8Encoding(false, true).GetString(file.Value).TrimStart((char)0xFEFF);
            if (!file.Key.EndsWith(".json", StringComparison.Ordinal))
                problems.AddRange(Parse(text).Errors.Select(error => file.Key + ": " + error));
        }

        return problems.ToArray();
    }

    public static string[] Problems(string script, int functions)
    {
        (ScriptBlockAst ast, string[] errors, Token[] tokens) = Parse(script);
        var look = new Look();
        ast.Visit(look);
        var problems = new List<string>(errors.Select(error => "does not parse: " + error));
        problems.AddRange(look.Problems);
        if (look.Functions != functions + 1)
            problems.Add($"{look.Functions} functions instead of {functions + 1}");
        if (tokens.Count(token => token.Kind == TokenKind.Comment && token.Text.StartsWith("<#", StringComparison.Ordinal)) != functions)
            problems.Add("another number of help comments");
        if (script.Any(letter => letter < ' ' && letter != '\n'))
            problems.Add("a control character");
        if (
            script.Any(letter =>
                System.Globalization.CharUnicodeInfo.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format
            )
        )
            problems.Add("an invisible character");
        return problems.ToArray();
    }

    private static (ScriptBlockAst Ast, string[] Errors, Token[] Tokens) Parse(string script)
    {
        ScriptBlockAst ast = Parser.ParseInput(script, out Token[] tokens, out ParseError[] errors);
        return (ast, errors.Select(error => error.Message).ToArray(), tokens);
    }

    private static void Set(object target, string property, object value) =>
        target.GetType().GetProperty(property, Any).SetMethod.Invoke(target, new[] { value });

    private string Text(int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Nasty[random.Next(Nasty.Length)]));

    private T One<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private object Root()
    {
        switch (random.Next(20))
        {
            case 0:
                return null;
            case 1:
                return new Dictionary<string, object>();
            case 2:
                return Schema(0);
            case 3:
                return true;
            case 4:
                return new Dictionary<string, object> { ["$ref"] = "#" };
            case 5:
                return new Dictionary<string, object>
                {
                    ["$ref"] = "#/$defs/a",
                    ["$defs"] = new Dictionary<string, object>
                    {
                        ["a"] = new Dictionary<string, object> { ["$ref"] = "#/$defs/b" },
                        ["b"] = new Dictionary<string, object>
                        {
                            ["allOf"] = new object[] { new Dictionary<string, object> { ["$ref"] = "#/$defs/a" } },
                        },
                    },
                };
            case 6:
                return Text(3);
            default:
                Dictionary<string, object> root = Object(0);
                root["$defs"] = new Dictionary<string, object>
                {
                    ["x"] = Schema(1),
                    ["loop"] = new Dictionary<string, object> { ["$ref"] = "#" },
                };
                return root;
        }
    }

    private Dictionary<string, object> Object(int depth)
    {
        var properties = new Dictionary<string, object>();
        for (int count = random.Next(random.Next(30) == 0 ? 400 : 8); count > 0; count--)
            properties[Text(3)] = Schema(depth + 1);
        var schema = new Dictionary<string, object>
        {
            ["type"] = One<object>("object", "object", "object", new object[] { "object", "null" }, Text(1)),
            ["properties"] = properties,
        };
        if (random.Next(2) == 0)
            schema["required"] = properties.Keys.Where(_ => random.Next(3) == 0).Append(Text(1)).ToArray();
        if (random.Next(4) == 0)
            schema["additionalProperties"] = One<object>(true, false, Schema(depth + 1));
        if (random.Next(5) == 0 && depth < 4)
            schema[One("oneOf", "anyOf", "allOf")] = Enumerable.Range(0, random.Next(4)).Select(_ => (object)Object(depth + 1)).ToArray();
        return schema;
    }

    private object Schema(int depth)
    {
        if (depth > 4)
            return new Dictionary<string, object> { ["type"] = "string" };
        if (random.Next(12) == 0)
            return One<object>(true, false, Text(1), 5, null, new object[] { 1 });
        if (random.Next(10) == 0)
            return new Dictionary<string, object>
            {
                ["$ref"] = One("#", "#/$defs/x", "#/$defs/loop", "#/nowhere", "https://example.com/x", Text(2)),
            };
        if (random.Next(5) == 0)
            return Object(depth);
        var schema = new Dictionary<string, object>
        {
            ["type"] = One<object>(
                "string",
                "integer",
                "number",
                "boolean",
                "array",
                new object[] { "string", "null" },
                new object[] { "integer", "string" },
                Text(1)
            ),
        };
        if (random.Next(2) == 0)
            schema["description"] = Text(8);
        if (random.Next(3) == 0)
            schema["default"] = One<object>(Text(2), true, false, 1, null, new object[] { Text(1) });
        if (random.Next(3) == 0)
            schema["enum"] = Enumerable
                .Range(0, random.Next(6))
                .Select(_ => One<object>(Text(2), Text(1), random.Next(9), null, 1.5))
                .ToArray();
        if (random.Next(4) == 0)
            schema["format"] = One("date-time", "date", "email", Text(2));
        if (random.Next(4) == 0)
            schema["pattern"] = One("^[a-z]+$", "(a+)+$", Text(3), "^\\d{4}$", "[" + Text(1) + "]");
        if (random.Next(4) == 0)
            schema["minimum"] = One<object>(-5, 0, 1.5, 1e300, long.MinValue, long.MaxValue, Text(1));
        if (random.Next(4) == 0)
            schema["maximum"] = One<object>(-5, 10, 2.5, -1e300, long.MaxValue, ulong.MaxValue, Text(1));
        if (random.Next(4) == 0)
            schema["maxLength"] = One<object>(-1, 0, 10, 1e30, Text(1));
        if (random.Next(3) == 0)
            schema["items"] = Schema(depth + 1);
        return schema;
    }

    // Whatever runs in the script must be one of the things that it is made to do.
    private sealed class Look : AstVisitor
    {
        private static readonly HashSet<string> Commands = new HashSet<string>(StringComparer.Ordinal)
        {
            "Get-AppOption",
            "Membrane\\Invoke-MembraneAction",
            "Set-Alias",
            "Export-ModuleMember",
            "ForEach-Object",
            "Where-Object",
            "Set-Variable",
            "Get-Module",
            "Remove-Module",
            "Update-TypeData",
            "Remove-TypeData",
        };

        private static readonly HashSet<string> Methods = new HashSet<string>(StringComparer.Ordinal)
        {
            "GetSteppablePipeline",
            "Begin",
            "Process",
            "End",
            "Dispose",
            "ContainsKey",
            "GetValue",
            "Add",
            "new",
        };

        private static readonly HashSet<string> Types = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "string",
            "switch",
            "object",
            "int",
            "long",
            "char",
            "uri",
            "hashtable",
            "ordered",
            "string[]",
            "object[]",
            "System.Nullable[long]",
            "System.Nullable[double]",
            "System.Nullable[bool]",
            "System.Nullable[datetime]",
            "System.Nullable[long][]",
            "System.Nullable[double][]",
            "System.Nullable[bool][]",
            "System.Nullable[datetime][]",
            "switch[]",
            "System.Collections.IDictionary",
            "System.Management.Automation.Runspaces.TypeData",
            "System.Management.Automation.Runspaces.NotePropertyData",
            "System.Management.Automation.Runspaces.PropertySetData",
            "CmdletBinding",
            "OutputType",
            "Parameter",
            "Membrane.InputValue",
            "ValidateSet",
            "ValidateRange",
            "ValidateLength",
            "ValidatePattern",
            "ArgumentCompleter",
            "AllowNull",
            "AllowEmptyString",
            "AllowEmptyCollection",
            "System.Diagnostics.CodeAnalysis.SuppressMessageAttribute",
        };

        public List<string> Problems { get; } = new List<string>();

        public int Functions { get; private set; }

        public override AstVisitAction VisitFunctionDefinition(FunctionDefinitionAst ast)
        {
            if (!(ast.Parent is FunctionMemberAst))
                Functions++;
            if (!ast.Name.All(letter => letter < 128 && (char.IsLetterOrDigit(letter) || letter == '-')))
                Problems.Add("function " + ast.Name);
            return AstVisitAction.Continue;
        }

        public override AstVisitAction VisitCommand(CommandAst ast)
        {
            if (ast.GetCommandName() is not { } name || !Commands.Contains(name) || ast.InvocationOperator != TokenKind.Unknown)
                Problems.Add("command " + ast);
            return AstVisitAction.Continue;
        }

        public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst ast)
        {
            if (!(ast.Member is StringConstantExpressionAst member) || !Methods.Contains(member.Value))
                Problems.Add("method " + ast);
            return AstVisitAction.Continue;
        }

        public override AstVisitAction VisitScriptBlockExpression(ScriptBlockExpressionAst ast)
        {
            StatementAst[] statements = ast.ScriptBlock.EndBlock.Statements.ToArray();
            bool isCompleter = ast.Parent is AttributeAst;
            bool isText =
                statements.Length == 1
                && statements[0] is PipelineAst { PipelineElements: { Count: 1 } } line
                && line.PipelineElements[0] is CommandExpressionAst { Expression: StringConstantExpressionAst };
            bool isList =
                statements.Length == 1
                && statements[0] is PipelineAst { PipelineElements: { Count: 1 } } choice
                && choice.PipelineElements[0]
                    is CommandExpressionAst
                    {
                        Expression: BinaryExpressionAst
                        {
                            Operator: TokenKind.Ilike,
                            Left: ArrayExpressionAst,
                            Right: ParenExpressionAst right
                        }
                    }
                && right.Extent.Text == "('*' + $args[2] + '*')";
            if (isCompleter && !isText && !isList)
                Problems.Add("completer " + ast);
            return AstVisitAction.Continue;
        }

        public override AstVisitAction VisitVariableExpression(VariableExpressionAst ast)
        {
            if (ast.VariablePath.IsDriveQualified)
                Problems.Add("variable " + ast);
            return AstVisitAction.Continue;
        }

        public override AstVisitAction VisitTypeExpression(TypeExpressionAst ast) => Type(ast.TypeName);

        public override AstVisitAction VisitTypeConstraint(TypeConstraintAst ast) => Type(ast.TypeName);

        public override AstVisitAction VisitAttribute(AttributeAst ast) => Type(ast.TypeName);

        public override AstVisitAction VisitExpandableStringExpression(ExpandableStringExpressionAst ast) =>
            Refuse("expandable text " + ast);

        public override AstVisitAction VisitSubExpression(SubExpressionAst ast) => Refuse("sub-expression " + ast);

        public override AstVisitAction VisitUsingExpression(UsingExpressionAst ast) => Refuse("using " + ast);

        public override AstVisitAction VisitThrowStatement(ThrowStatementAst ast) => Refuse("throw " + ast);

        public override AstVisitAction VisitTrap(TrapStatementAst ast) => Refuse("trap " + ast);

        public override AstVisitAction VisitFileRedirection(FileRedirectionAst ast) => Refuse("redirection " + ast);

        private AstVisitAction Type(ITypeName name)
        {
            if (!Types.Contains(name.FullName))
                Problems.Add("type " + name.FullName);
            return AstVisitAction.Continue;
        }

        private AstVisitAction Refuse(string what)
        {
            Problems.Add(what);
            return AstVisitAction.Continue;
        }
    }
}

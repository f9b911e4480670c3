using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// The files of a module with the commands of an app. They follow from the plan alone: no date, no path, no order of arrival,
/// so made twice they are the same byte for byte.
/// </summary>
internal static class ModuleFiles
{
    /// <summary>The file that says what the module was made from.</summary>
    public const string PlanFile = "membrane-app.json";

    // Windows PowerShell takes a file without the mark for one of the local code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The files, by their path in the folder of the module.</summary>
    /// <param name="app">The plan.</param>
    /// <param name="record">What is kept of it.</param>
    public static IReadOnlyDictionary<string, byte[]> Make(AppPlan app, ModuleRecord record) => new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
    {
        [app.Module + ".psd1"] = Script(Manifest(app, record.Version)),
        [app.Module + ".psm1"] = Script(ModuleScript.Write(app)),
        [app.Module + ".Format.ps1xml"] = Markup(writer => WriteViews(writer, app)),
        [app.Module + ".Types.ps1xml"] = Markup(writer => WriteTypes(writer, app)),
        [PlanFile] = record.Write(),
        [$"tests/{app.Module}.Tests.ps1"] = Script(SmokeTest.Write(app)),
    };

    private static string Manifest(AppPlan app, string version)
    {
        string name = ScriptText.Comment(app.App, 100);
        var text = new StringBuilder("@{\n");
        void Line(string key, string value) => text.Append("    ").Append(key.PadRight(20)).Append(" = ").Append(value).Append('\n');
        Line("RootModule", ScriptText.Quote(app.Module + ".psm1"));
        Line("ModuleVersion", ScriptText.Quote(version));
        Line("GUID", ScriptText.Quote(Guid(app.Module)));
        Line("Author", "'Export-MembraneApp'");
        Line("Description", ScriptText.Quote($"Commands of {name}, made from the actions of a Membrane connection."));
        Line("PowerShellVersion", "'5.1'");
        Line("CompatiblePSEditions", "@('Core', 'Desktop')");
        Line("RequiredModules", "@('Membrane')");
        Line("FormatsToProcess", ModuleScript.List([app.Module + ".Format.ps1xml"]));
        Line("TypesToProcess", ModuleScript.List([app.Module + ".Types.ps1xml"]));
        Lines("FunctionsToExport", app.Commands.Select(static command => command.Name.Name));
        Line("CmdletsToExport", "@()");
        Line("VariablesToExport", "@()");
        Lines("AliasesToExport", app.Commands.Select(static command => command.Name.Alias));
        text.Append("    PrivateData          = @{ PSData = @{ Tags = @('Membrane') } }\n");
        return text.Append("}\n").ToString();

        void Lines(string key, IEnumerable<string> values) =>
            Line(key, "@(\n" + string.Concat(values.OrderBy(static value => value, StringComparer.Ordinal).Select(static value => $"        {ScriptText.Quote(value)}\n")) + "    )");
    }

    private static void WriteViews(XmlWriter writer, AppPlan app)
    {
        writer.WriteStartElement("Configuration");
        writer.WriteStartElement("ViewDefinitions");
        foreach (OutputPlan type in app.Types.Where(static type => type.Columns.Count > 0))
        {
            writer.WriteStartElement("View");
            writer.WriteElementString("Name", type.TypeName);
            writer.WriteStartElement("ViewSelectedBy");
            writer.WriteElementString("TypeName", type.TypeName);
            writer.WriteEndElement();
            writer.WriteStartElement("TableControl");
            writer.WriteStartElement("TableHeaders");
            foreach (string column in type.Columns)
            {
                writer.WriteStartElement("TableColumnHeader");
                writer.WriteElementString("Label", column);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            writer.WriteStartElement("TableRowEntries");
            writer.WriteStartElement("TableRowEntry");
            writer.WriteStartElement("TableColumnItems");
            foreach (string column in type.Columns)
            {
                writer.WriteStartElement("TableColumnItem");
                writer.WriteElementString("PropertyName", column);
                writer.WriteEndElement();
            }

            for (int open = 0; open < 5; open++)
            {
                writer.WriteEndElement();
            }
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    // Hidden, so that completion alone sees them and no object seems to have what it has not.
    private static void WriteTypes(XmlWriter writer, AppPlan app)
    {
        writer.WriteStartElement("Types");
        foreach (OutputPlan type in app.Types)
        {
            writer.WriteStartElement("Type");
            writer.WriteElementString("Name", type.TypeName);
            writer.WriteStartElement("Members");
            foreach (string property in type.Properties.Where(ScriptText.IsVisible))
            {
                writer.WriteStartElement("ScriptProperty");
                writer.WriteAttributeString("IsHidden", "true");
                writer.WriteElementString("Name", property);
                writer.WriteElementString("GetScriptBlock", "$null");
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static byte[] Script(string text) => [.. WithMark.GetPreamble(), .. WithMark.GetBytes(text)];

    private static byte[] Markup(System.Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = WithoutMark, Indent = true, NewLineChars = "\n" }))
        {
            write(writer);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    // The same module has the same id wherever it is made.
    private static string Guid(string module) => ShortHash.Id("membrane-app/" + module.ToLowerInvariant()).ToString("D", CultureInfo.InvariantCulture);
}

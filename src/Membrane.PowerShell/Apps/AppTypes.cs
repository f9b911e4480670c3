using System.Linq;
using System.Management.Automation.Runspaces;
using Membrane.Client.NativeCommands;

namespace Membrane.PowerShell.Apps;

/// <summary>What PowerShell is to know of the objects that commands of an app emit.</summary>
internal static class AppTypes
{
    /// <summary>The known properties, hidden so that only completion sees them and no object seems to have what it has not, and the columns of a table.</summary>
    public static TypeData[] Of(AppPlan app) => app.Types.Select(Of).ToArray();

    private static TypeData Of(OutputPlan type)
    {
        var data = new TypeData(type.TypeName);
        foreach (string property in type.Properties)
        {
            data.Members.Add(property, new NotePropertyData(property, null) { IsHidden = true });
        }

        if (type.Columns.Count > 0)
        {
            data.DefaultDisplayPropertySet = new PropertySetData(type.Columns);
        }

        return data;
    }
}

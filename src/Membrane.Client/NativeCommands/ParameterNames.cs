using System;
using System.Collections.Generic;

namespace Membrane.Client.NativeCommands;

/// <summary>Names parameters after properties. A name depends on the property alone, unless an earlier one is called the same.</summary>
internal sealed class ParameterNames
{
    private const int MaxLength = 64;

    /// <summary>
    /// What PowerShell or the commands themselves call by that name: parameters that all commands have, their short forms, variables.
    /// </summary>
    private static readonly HashSet<string> Reserved = new(
        (
            "verbose vb debug db erroraction ea warningaction wa informationaction infa progressaction proga errorvariable ev "
            + "warningvariable wv informationvariable iv outvariable ov outbuffer ob "
            + "pipelinevariable pv whatif wi confirm cf usetransaction usetx "
            + "connection context throttlelimit ordered summaryvariable totalcount maxratelimitwaitsec reportpath force "
            + "checkpointpath checkpointuri checkpointtoken priorcheckpoint checkpointkey resumefailed retryunknown asrun "
            + "additionalinput inputobject membrane membraneoptions isdone "
            + "input args error host home pid true false null this psitem matches pscmdlet psboundparameters psdefaultparametervalues "
            + "myinvocation executioncontext shellid pshome psversiontable pscommandpath psscriptroot "
            + "psculture psuiculture psedition foreach switch event eventargs eventsubscriber sender sourceargs sourceeventargs profile "
            + "lastexitcode ofs stacktrace nestedpromptlevel consolefilename enabledexperimentalfeatures "
            + "iswindows islinux ismacos iscoreclr confirmpreference debugpreference erroractionpreference informationpreference "
            + "progresspreference verbosepreference warningpreference whatifpreference "
            + "errorview formatenumerationlimit maximumhistorycount outputencoding psemailserver pslogusererror "
            + "psmoduleautoloadingpreference pssessionoption"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name for a property.</summary>
    public string Next(string property)
    {
        var name = NameWords.Join(NameWords.Split(property));
        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            name = "Property" + (name.Length == 0 ? Mark(property) : name);
        }

        if (name.Length > MaxLength)
        {
            name = $"{name.Substring(0, MaxLength)}{Mark(property)}";
        }

        if (Reserved.Contains(name))
        {
            name += "Value";
        }

        if (!taken.Add(name))
        {
            name += Mark(property);
            while (!taken.Add(name))
            {
                name += "0";
            }
        }

        return name;
    }

    private static string Mark(string property) => ShortHash.Of(property, 3);
}

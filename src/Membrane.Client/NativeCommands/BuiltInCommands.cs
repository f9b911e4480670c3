using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// The commands of Windows PowerShell 5.1, PowerShell 7 and Windows that a name could collide with. The list is fixed, so that
/// names are the same on every machine.
/// </summary>
internal static class BuiltInCommands
{
    private const string NounsByVerb =
        "Add AppxPackage BitsFile Computer Content History LocalGroupMember Member Printer PrinterDriver PrinterPort PSSnapin Type;"
        + "Checkpoint Computer;"
        + "Clear Content Disk DnsClientCache EventLog History Item ItemProperty Variable;"
        + "Compare CommandHelp Object;"
        + "Complete BitsTransfer Transaction;"
        + "Compress Archive;"
        + "Connect PSSession;"
        + "Convert Path String;"
        + "ConvertFrom CliXml Csv Json Markdown SecureString String StringData;"
        + "ConvertTo CliXml Csv Html Json SecureString Xml;"
        + "Copy Item ItemProperty;"
        + "Debug Job Process Runspace;"
        + "Disable ComputerRestore ExperimentalFeature LocalUser PSBreakpoint RunspaceDebug ScheduledTask;"
        + "Disconnect PSSession;"
        + "Enable ComputerRestore ExperimentalFeature LocalUser PSBreakpoint RunspaceDebug ScheduledTask;"
        + "Enter PSHostProcess PSSession;"
        + "Exit PSHostProcess PSSession;"
        + "Expand Archive;"
        + "Export Alias Certificate Clixml Console Counter Csv FormatData MamlCommandHelp MarkdownCommandHelp MarkdownModuleFile "
        + "ModuleMember PSSession YamlCommandHelp YamlModuleFile;"
        + "Find Command DscResource Module Package RoleCapability Script;"
        + "ForEach Object;"
        + "Format Custom Hex List Table Volume Wide;"
        + "Get Acl Alias AppxPackage AuthenticodeSignature BitsTransfer Certificate ChildItem CimClass CimInstance CimSession Clipboard "
        + "CmsMessage Command ComputerInfo ComputerRestorePoint Content ControlPanelItem Counter Credential Culture Date Disk "
        + "DnsClient DnsClientCache DscConfiguration DscResource Error Event EventLog EventSubscriber ExecutionPolicy "
        + "ExperimentalFeature FileCatalog FileHash FormatData Help History Host Hotfix InstalledModule Item ItemProperty "
        + "ItemPropertyValue Job LocalGroup LocalGroupMember LocalUser Location MarkdownOption Member Module NetAdapter "
        + "NetFirewallRule NetIPAddress NetRoute Package PackageSource Partition PfxCertificate Printer PrinterDriver PrinterPort "
        + "PrinterProperty PrintJob Process PSBreakpoint PSCallStack PSDrive PSHostProcessInfo PSProvider PSReadLineKeyHandler "
        + "PSReadLineOption PSSession PSSnapin PSSubsystem Random Runspace RunspaceDebug ScheduledJob ScheduledTask SecureRandom "
        + "Service SmbShare TimeZone TraceSource Transaction TypeData UICulture Unique Uptime Variable Verb Volume WindowsFeature "
        + "WindowsUpdateLog WinEvent WmiObject;"
        + "Group Object;"
        + "Import Alias Certificate Clixml Counter Csv LocalizedData MamlHelp MarkdownCommandHelp MarkdownModuleFile Module "
        + "PowerShellDataFile PSSession YamlCommandHelp YamlModuleFile;"
        + "Initialize Disk;"
        + "Install Module Package Script WindowsFeature;"
        + "Invoke Command DscResource Expression Formatter History Item RestMethod WebRequest WmiMethod;"
        + "Join Path String;"
        + "Limit EventLog;"
        + "Measure Command Object PlatyPSMarkdown;"
        + "Move Item ItemProperty;"
        + "New Alias CimInstance CimSession CommandHelp Event EventLog FileCatalog Guid Item ItemProperty LocalGroup LocalUser "
        + "MarkdownCommandHelp MarkdownModuleFile Module ModuleManifest NetFirewallRule NetIPAddress Object Partition PSDrive "
        + "PSRoleCapabilityFile PSSession PSSessionConfigurationFile PSSessionOption PSTransportOption PSWorkflowSession "
        + "ScheduledJobOption ScheduledTask Service SmbShare TemporaryFile TimeSpan Variable Volume WebServiceProxy WinEvent;"
        + "Optimize Volume;"
        + "Out Default File GridView Host Null Printer String;"
        + "Pop Location;"
        + "Protect CmsMessage;"
        + "Publish Module Script;"
        + "Push Location;"
        + "Read Host;"
        + "Receive Job PSSession;"
        + "Register ArgumentCompleter EngineEvent ObjectEvent ScheduledJob ScheduledTask WmiEvent;"
        + "Remove Alias AppxPackage BitsTransfer CimInstance CimSession Computer Event EventLog Item ItemProperty Job LocalGroup "
        + "LocalGroupMember LocalUser Module Partition Printer PrinterDriver PrinterPort PrintJob PSBreakpoint PSDrive "
        + "PSReadLineKeyHandler PSSession PSSnapin Service SmbShare TypeData Variable WmiObject;"
        + "Rename Computer Item ItemProperty LocalGroup LocalUser Printer;"
        + "Repair Volume;"
        + "Reset ComputerMachinePassword;"
        + "Resize Partition;"
        + "Resolve DnsName Path;"
        + "Restart Computer PrintJob Service;"
        + "Restore Computer;"
        + "Resume BitsTransfer Job PrintJob Service;"
        + "Save Help Module Package Script;"
        + "Select Object String Xml;"
        + "Send MailMessage;"
        + "Set Acl Alias AuthenticodeSignature BitsTransfer CimInstance Clipboard Content Date Disk ExecutionPolicy Item ItemProperty "
        + "LocalGroup LocalUser Location MarkdownOption Partition Printer PrinterProperty PSBreakpoint PSDebug PSReadLineKeyHandler "
        + "PSReadLineOption ScheduledTask Service SmbShare StrictMode TimeZone TraceSource Variable Volume WmiInstance;"
        + "Show ControlPanelItem EventLog Markdown;"
        + "Sort Object;"
        + "Split Path;"
        + "Start BitsTransfer DscConfiguration Job Process ScheduledTask Service Sleep ThreadJob Transaction Transcript;"
        + "Stop Computer Job Process ScheduledTask Service Transcript;"
        + "Suspend BitsTransfer Job PrintJob Service;"
        + "Switch Certificate Process;"
        + "Tee Object;"
        + "Test Certificate ComputerSecureChannel Connection DscConfiguration FileCatalog Json MarkdownCommandHelp ModuleManifest "
        + "NetConnection Path;"
        + "Trace Command;"
        + "Unblock File;"
        + "Undo Transaction;"
        + "Uninstall Module Package;"
        + "Unprotect CmsMessage;"
        + "Unregister Event ScheduledTask;"
        + "Update CommandHelp Disk FormatData Help List MarkdownCommandHelp MarkdownModuleFile Module TypeData;"
        + "Use Transaction;"
        + "Wait Debugger Event Job Process;"
        + "Where Object;"
        + "Write Debug Error EventLog Host Information Output Progress Verbose Warning";

    private static readonly HashSet<string> Names = new(
        NounsByVerb
            .Split(';')
            .Select(static line => line.Split(' '))
            .SelectMany(static words => words.Skip(1).Select(noun => words[0] + "-" + noun)),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether a command of that name comes with PowerShell.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}

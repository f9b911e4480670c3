<#
.SYNOPSIS
    Writes members.txt anew: the members of the built module that a fresh script compiles.
.DESCRIPTION
    Runs in a process of its own what most scripts do, against the server of the benchmark, and has the runtime write down what it compiles.
    A member that is gone is passed over when the images are made, so this is needed after larger changes only.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
if (-not ('Membrane.Tools.Profile' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot 'Profile.cs') }
$server = Join-Path $root 'tests/benchmarks/Server'
dotnet build $server --configuration Release --nologo --verbosity quiet
if ($LASTEXITCODE -ne 0) { throw 'The server of the benchmark was not built.' }
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "`"$server/bin/Release/net8.0/Server.dll`"")
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$process = [System.Diagnostics.Process]::Start($start)
$log = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-compiled-$PID.txt"
try {
    $address = $process.StandardOutput.ReadLine()
    $env:DOTNET_JitStdOutFile = $log
    $env:DOTNET_JitDisasmSummary = '1'
    & (& (Join-Path $root 'tools/Get-Engine.ps1')) -NoProfile -NonInteractive -Command "
        `$ErrorActionPreference = 'Stop'
        Import-Module '$root/out/Membrane/Membrane.psd1'
        Connect-Membrane -WorkspaceKey b -WorkspaceSecret ('s' * 64) -TenantKey t -ApiUri $address
        `$null = Get-MembraneConnection con_1
        `$null = Get-MembraneConnection | Select-Object -First 1000
        `$null = Get-MembraneRecord -Connection con_1 -DataCollection contacts | Select-Object -First 1000
        `$null = Invoke-MembraneAction act_1 con_1 -InputObject @{ email = 'ada@example.com' } -SkipInputCheck
        `$null = Invoke-MembraneAction act_1 con_1 -InputObject @{ email = 'ada@example.com'; name = 'Ada'; age = 36; tags = 'a', 'b'; status = 'new'; phone = '+1'; address = @{ city = 'London'; country = 'GB' } }
        `$null = 1..100 | ForEach-Object { [pscustomobject]@{ email = 'ada@example.com' } } | Invoke-MembraneAction act_1 con_1 -SkipInputCheck
        `$null = New-MembraneToken tenant -WorkspaceKey acme -WorkspaceSecret ('s' * 64) -AsPlainText
    "
    if ($LASTEXITCODE -ne 0) { throw "The script ended with exit code $LASTEXITCODE." }
}
finally {
    $env:DOTNET_JitStdOutFile = $env:DOTNET_JitDisasmSummary = $null
    $process.StandardInput.Close()
    if (-not $process.WaitForExit(5000)) { $process.Kill() }
}

# Such as: 7: JIT compiled Membrane.Client.Listing`1+<FetchAsync>d__16[System.__Canon]:MoveNext() [Tier0, IL size=40, code size=99]
$members = foreach ($line in [System.IO.File]::ReadLines($log)) {
    if ($line -cmatch 'JIT compiled (?<outermost>Membrane\.[\w.`]+)(?<inner>(\+[^\[\]:]+)*)(\[.*\])?:(?<method>[^\[\]()]+)(\[.*\])?\(' -and $Matches.outermost -notlike 'Membrane.PowerShell.Loader.*') {
        [Membrane.Tools.Profile]::Member($Matches.outermost, [string[]]@($Matches.inner.Split('+', [System.StringSplitOptions]::RemoveEmptyEntries)), $Matches.method)
    }
}
Remove-Item -LiteralPath $log
$sorted = [System.Collections.Generic.SortedSet[string]]::new([string[]]$members, [System.StringComparer]::Ordinal)
[System.IO.File]::WriteAllText((Join-Path $PSScriptRoot 'members.txt'), ($sorted -join "`n") + "`n")
"$($sorted.Count) members"

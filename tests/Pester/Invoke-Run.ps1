# One run of the suite, in a process of its own (see Invoke-Suite.ps1).
param([string] $Path, [string] $Summary, [switch] $AllStreams)

$ErrorActionPreference = 'Stop'
Import-Module (Get-Item "$PSScriptRoot/../../out/Modules/Pester/*/Pester.psd1").FullName
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path.Split([System.IO.Path]::PathSeparator)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($env:CI) { 'Normal' } else { 'Detailed' }
$configuration.Output.RenderMode = 'Plaintext'
if ($AllStreams) {
    $global:VerbosePreference = 'Continue'
    $global:DebugPreference = 'Continue'
    $global:InformationPreference = 'Continue'
    Set-Variable -Name MaximumErrorCount -Value 32768 -Scope Global

    # These write down every header themselves; the tests use them to look behind the scenes.
    foreach ($name in 'Invoke-RestMethod', 'Invoke-WebRequest') {
        $global:PSDefaultParameterValues["${name}:Debug"] = $false
        $global:PSDefaultParameterValues["${name}:Verbose"] = $false
    }
}

$run = Invoke-Pester -Configuration $configuration
if ($AllStreams) {
    # Every error that there was, with all that somebody could look at. Not the lines of the script, which are the tests' own.
    foreach ($record in $Error) {
        '-- ' + $record.FullyQualifiedErrorId
        "$record"
        $record.ErrorDetails
        $record.CategoryInfo | Format-List | Out-String
        $record.TargetObject | Format-List | Out-String
        for ($exception = $record.Exception; $exception; $exception = $exception.InnerException) {
            "$exception"
            $exception | Select-Object -Property * -ExcludeProperty ErrorRecord, InnerException, TargetSite | Format-List | Out-String
        }
    }
}

@{
    Passed = $run.PassedCount
    Failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    Skipped = $run.SkippedCount + $run.NotRunCount
    Failures = @(
        # What a block or file that failed keeps from being run has no error of its own.
        foreach ($test in @($run.Failed; $run.FailedBlocks; $run.FailedContainers).Where({ $_.ErrorRecord })) {
            $message = foreach ($record in $test.ErrorRecord) { "$record" }
            "$($test.ExpandedPath ?? $test.Item)$([Environment]::NewLine)    $($message -join "`n" -replace '\r?\n', "$([Environment]::NewLine)    ")"
        }
    )
} | ConvertTo-Json | Set-Content -LiteralPath $Summary

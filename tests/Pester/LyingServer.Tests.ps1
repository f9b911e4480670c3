# A server that sends much, or nothing again and again.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    Add-Type -Path (Join-Path $PSScriptRoot 'Support/LyingServer.cs')
    $server = [LyingServer]::new()
    Start-TestWorkspace
    $token = New-MembraneToken ada -AsPlainText

    # What large answers leave behind: not how large the process is, which is for the collector to say, but what it cannot collect.
    function Measure-LargeAnswer([string] $Kind, [int] $Rounds) {
        & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Support/Measure-LargeAnswer.ps1') -Module $env:MEMBRANE_TEST_MODULE -Address $server.Address -Token $token -Kind $Kind -Rounds $Rounds | Select-Object -Last 1 | ConvertFrom-Json
    }
}

AfterAll {
    $server.Dispose()
    Stop-TestWorkspace
}

Describe 'Large answers' {
    It 'leave nothing behind: <kind>' -ForEach @(
        @{ Kind = 'page'; Rounds = 3 }
        @{ Kind = 'follow'; Rounds = 2 }
        @{ Kind = 'list'; Rounds = 2 }
        @{ Kind = 'text'; Rounds = 5 }
        @{ Kind = 'escaped'; Rounds = 5 }
        @{ Kind = 'endless'; Rounds = 8 }
    ) {
        $measured = Measure-LargeAnswer $kind $rounds
        $measured.Problem | Should -Be $(if ($kind -eq 'endless') { 'ResponseTooLarge,Membrane.PowerShell.Requests.InvokeMembraneRequestCommand' })
        # One answer alone, kept in a pool, is 32 MB or more.
        ($measured.Heap[1..$rounds] | Measure-Object -Maximum).Maximum - $measured.Heap[0] | Should -BeLessThan 20 -Because ($measured | ConvertTo-Json -Compress)
    }
}

Describe 'Lists of empty pages' {
    BeforeAll { $context = Connect-Membrane -Token (ConvertTo-SecureString $token -AsPlainText -Force) -ApiUri $server.Address -Name lying -PassThru }

    It 'say once that there are many, and go on to the end: <parameters.Keys>' -ForEach @(
        @{ Parameters = @{} }
        @{ Parameters = @{ Name = 'Sales*' } }
    ) {
        Get-MembraneIntegration @parameters -Context $context -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -BeLike '*10 empty pages in a row*'
    }
}

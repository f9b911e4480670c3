# Nothing of a schema ever runs. 2,000 hostile schemas by default; NATIVE_FUZZ_SCHEMAS asks for more, NATIVE_FUZZ_SEED for others.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $null = Get-MembraneContext
    Add-Type -Path "$PSScriptRoot/HostileSchemas.cs" -IgnoreWarnings -WarningAction Ignore
    # A command of the client has to run before its assembly is there to be looked at.
    Start-TestWorkspace
}

AfterAll { Stop-TestWorkspace }

Describe 'Scripts made of hostile schemas' {
    It 'parse, and hold nothing that they are not made to do' {
        $count = if ($env:NATIVE_FUZZ_SCHEMAS) { [int] $env:NATIVE_FUZZ_SCHEMAS } else { 2000 }
        $seed = if ($env:NATIVE_FUZZ_SEED) { [int] $env:NATIVE_FUZZ_SEED } else { 20261121 }
        $schemas = [HostileSchemas]::new($seed)
        for ($done = 0; $done -lt $count; $done += 20) {
            # Twenty actions with two schemas each, as one module.
            $problems = $schemas.Check(10)
            $problems -join "`n" | Should -BeNullOrEmpty -Because "of seed $seed after $done schemas"
        }
    }

    It 'are looked at with eyes that see what is planted' -ForEach @(
        @{ Planted = 'throw 1' }
        @{ Planted = 'Get-Date' }
        @{ Planted = '& "x"' }
        @{ Planted = '"$(1)"' }
        @{ Planted = '[IO.File]::Delete("x")' }
        @{ Planted = '$env:PATH' }
    ) {
        [HostileSchemas]::Problems($Planted, -1) | Should -Not -BeNullOrEmpty
    }
}

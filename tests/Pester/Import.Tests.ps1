# Importing the module where little is given: each case in a process of its own.
BeforeDiscovery {
    $root = -not $IsWindows -and (id -u) -eq '0'
    $hasOtherUser = $root -and (Get-Command setpriv -ErrorAction Ignore)
    $hasTrace = [bool] (Get-Command strace -ErrorAction Ignore)
    if (-not $hasOtherUser) { Write-Warning 'Only root can try the import as another user: THESE TESTS ARE SKIPPED.' }
    if (-not $hasTrace) { Write-Warning 'There is no strace: WHAT AN IMPORT WRITES AND ASKS IS NOT TRACED.' }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Isolation/Fresh.ps1"
    $folder = [System.IO.Directory]::CreateTempSubdirectory('membrane-import-').FullName
    $m = @{ m = $env:MEMBRANE_TEST_MODULE }
    # Signed in with a token that is minted, which the emulator verifies; and one request.
    $use = 'Import-Module $m; Connect-Membrane -Emulator -TenantKey ada; @(Get-MembraneConnection).Count'
    $nobody = 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'
}

AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'The import' {
    It 'works without HOME' {
        Invoke-Fresh $use $m -Through 'env', '-u', 'HOME', '-u', 'USERPROFILE' | Should -Be '0'
    }

    It 'works with a HOME that does not exist' {
        Invoke-Fresh $use $m -Through 'env', "HOME=$folder/nowhere" | Should -Be '0'
        "$folder/nowhere/.membrane" | Should -Not -Exist
    }

    It 'works as another user with a HOME that cannot be written' -Skip:(-not $hasOtherUser) {
        $copy = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-nobody-$PID"
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination $copy
        $null = New-Item -ItemType Directory -Path "$folder/home"
        chmod 555 "$folder/home"
        chmod 755 $folder
        $engine = $env:MEMBRANE_TEST_ENGINE
        try {
            # A tool of the .NET SDK is in the home of whoever installed it, where nobody else may look.
            $tool, $rest = @($nobody) + 'test' + '-x' + $engine
            & $tool @rest
            if ($LASTEXITCODE -ne 0) {
                Copy-Item -LiteralPath $PSHOME -Destination "$copy/engine" -Recurse
                chmod 755 "$copy/engine/pwsh"
                $env:MEMBRANE_TEST_ENGINE = "$copy/engine/pwsh"
            }

            $who = 'try { Set-Content -LiteralPath "$HOME/x" -Value x; "written" } catch { "read-only" }; whoami; '
            Invoke-Fresh ($who + $use) @{ m = "$copy/Membrane.psd1" } -Through (@('env', "HOME=$folder/home") + $nobody) | Should -Be @('read-only', 'nobody', '0')
            Get-ChildItem -LiteralPath "$folder/home" -Force | Should -BeNullOrEmpty
        }
        finally {
            $env:MEMBRANE_TEST_ENGINE = $engine
            Remove-Item -LiteralPath $copy -Recurse -Force
        }
    }

    It 'works from a path with <Kind>' -ForEach @(
        @{ Kind = 'spaces'; Name = 'Program Files (x86)' }
        @{ Kind = 'letters of other scripts'; Name = 'Модули — módulos 模块' }
        @{ Kind = 'quotes, ampersands and a percent sign'; Name = "O'Brien & co 100%" }
    ) {
        $copy = "$folder/$Name/Modules/Membrane"
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination $copy
        Invoke-Fresh ($use + '; (Get-Command Get-MembraneContext).Module.ModuleBase') @{ m = "$copy/Membrane.psd1" } | Should -Be @('0', $copy)
    }

    It 'works by name, from a folder of modules with a space' {
        $copy = "$folder/my modules/Membrane"
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination $copy
        Invoke-Fresh '$env:PSModulePath = $path; Connect-Membrane -Emulator -TenantKey ada; (Get-Module Membrane).ModuleBase' @{ path = "$folder/my modules" } | Should -Be $copy
    }

    It 'works in another culture' {
        Invoke-Fresh "[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = 'tr-TR'; $use" $m | Should -Be '0'
    }

    It 'says nothing and asks nothing' {
        Invoke-Fresh '$said = Import-Module $m *>&1; @($said).Count' $m | Should -Be '0'
    }
}

Describe 'The import in Constrained Language' {
    It 'works where the host imports the module, as a session configuration does, and so do its commands' {
        Invoke-Fresh @'
            $initial = [initialsessionstate]::CreateDefault2()
            $initial.LanguageMode = 'ConstrainedLanguage'
            $initial.ImportPSModule($m)
            $runspace = [runspacefactory]::CreateRunspace($initial)
            $runspace.Open()
            $shell = [powershell]::Create($runspace).AddScript({
                "$($ExecutionContext.SessionState.LanguageMode)"
                Connect-Membrane -Emulator -TenantKey ada
                $request = New-MembraneConnectionRequest -IntegrationKey hubspot
                $request.Status
                try { Get-MembraneConnection no-such-connection -ErrorAction Stop } catch { $_.Exception.Key }
            })
            $shell.Invoke()
            $shell.Streams.Error | ForEach-Object { "$_" }
'@ $m | Should -Be @('ConstrainedLanguage', 'pending', 'not_found')
    }

    It 'works for a session that is constrained after the import' {
        Invoke-Fresh 'Import-Module $m; $ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; Connect-Membrane -Emulator -TenantKey ada; @(Get-MembraneConnection).Count' $m | Should -Be '0'
    }

    It 'says what to do where a constrained session imports a module that no policy trusts' {
        Invoke-Fresh '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; try { Import-Module $m } catch { $_.Exception.Message }' $m | Should -Match 'Constrained Language.*session configuration'
    }
}

Describe 'What the import touches' -Skip:(-not $hasTrace) {
    BeforeAll {
        # Between two marks that the trace can see: reads of files that do not exist.
        $log = "$folder/trace"
        $null = Invoke-Fresh '$null = [System.IO.File]::Exists("/membrane-mark-begin"); Import-Module $m; $null = [System.IO.File]::Exists("/membrane-mark-end")' $m -Through 'env', 'POWERSHELL_TELEMETRY_OPTOUT=1', 'strace', '-f', '-qq', '-s', '200', '-o', $log, '-e', 'trace=%network,%file,memfd_create'
        $lines = Get-Content -LiteralPath $log
        $begin = $lines.IndexOf(($lines -match 'membrane-mark-begin')[0])
        $end = $lines.IndexOf(($lines -match 'membrane-mark-end')[-1])
        $during = $lines[$begin..$end]
    }

    It 'is seen by the trace' {
        $begin | Should -BeGreaterThan 0
        $during -match 'Membrane\.PowerShell\.dll' | Should -Not -BeNullOrEmpty
    }

    It 'asks nothing of the network, not even a name' {
        # PowerShell itself writes to the system's log, through a local socket.
        $during -match '\b(socket|connect|sendto|sendmsg|bind|listen)\(' -notmatch 'AF_UNIX' | Should -BeNullOrEmpty
        $during -match 'resolv\.conf|/etc/hosts|nsswitch' | Should -BeNullOrEmpty
    }

    It 'writes no file' {
        $writes = $during -match 'O_WRONLY|O_RDWR|O_CREAT|\b(mkdir|mkdirat|rename|renameat2?|unlink|unlinkat|symlink|link|chmod|fchmodat|truncate)\(' -notmatch '"/dev/|"/proc/|ENOENT'
        $writes | Should -BeNullOrEmpty
    }
}

# Each case of the matrix in a process of its own; docs/isolation.md shows the results (tests/Pester/Isolation/Write-Matrix.ps1).
BeforeDiscovery {
    $packages = @(
        '6.0.10', '8.0.5', '9.0.0', '10.0.0' | ForEach-Object { "System.Text.Json/$_" }
        '5.7.2', '6.8.0', '7.7.2', '8.16.0' | ForEach-Object { "System.IdentityModel.Tokens.Jwt/$_" }
        '2.1.0', '3.1.3', '6.0.4', '8.0.0', '9.0.0', '10.0.0' | ForEach-Object { "Microsoft.Extensions.Logging.Abstractions/$_" }
    )
    # On a small machine: every version once, several in one process.
    $together = @(
        'System.Text.Json/6.0.10 System.IdentityModel.Tokens.Jwt/5.7.2 Microsoft.Extensions.Logging.Abstractions/2.1.0'
        'System.Text.Json/8.0.5 System.IdentityModel.Tokens.Jwt/6.8.0 Microsoft.Extensions.Logging.Abstractions/3.1.3'
        'System.Text.Json/9.0.0 System.IdentityModel.Tokens.Jwt/7.7.2 Microsoft.Extensions.Logging.Abstractions/6.0.4'
        'System.Text.Json/10.0.0 System.IdentityModel.Tokens.Jwt/8.16.0'
        'Microsoft.Extensions.Logging.Abstractions/9.0.0'
        'Microsoft.Extensions.Logging.Abstractions/10.0.0'
    )
    $matrix = foreach ($package in ($env:MEMBRANE_TEST_MATRIX -eq 'short' ? $together : $packages)) {
        foreach ($order in 'First', 'Last') { @{ Package = $package; Order = $order } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Isolation/Fresh.ps1"
    $results = [System.Collections.Generic.List[object]]::new()

    function Invoke-Case([string] $Name, [hashtable] $Parameter) {
        $result = Invoke-Fresh '& $case @parameter' @{ case = "$PSScriptRoot/Isolation/Invoke-Case.ps1"; parameter = $Parameter } | ConvertFrom-Json
        $results.Add([ordered]@{ Case = $Name; Order = $Parameter.Order; Default = $result.Default; Private = $result.Private })
        $result
    }

    # What must hold after each case, whatever the neighbours brought.
    function Assert-Isolated($Result) {
        $Result.Connections | Should -Be 1
        $Result.ConnectionsAfterwards | Should -Be 1
        @($Result.Default.psobject.Properties.Name) -match '^Membrane' -ne 'Membrane.Neighbours' | Sort-Object | Should -Be @('Membrane.Contracts', 'Membrane.PowerShell.Loader')
        $Result.Private.'System.IdentityModel.Tokens.Jwt' | Should -Be '8.23.0.0'
        $Result.Private.'Microsoft.IdentityModel.Tokens' | Should -Be '8.23.0.0'
        # The platform's JSON serves everyone: a second copy would make its types different types.
        $Result.Private.psobject.Properties.Name | Should -Not -Contain 'System.Text.Json'
    }
}

AfterAll {
    $file = Join-Path $PSScriptRoot "../../out/TestResults/isolation-$($env:MEMBRANE_TEST_BUILD).json"
    if ($results.Count -gt 10) { $results | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $file }
}

Describe 'Beside a module that brings <Package>' -ForEach $matrix {
    It 'works when the other module comes <Order>' {
        $result = Invoke-Case $Package @{ Package = $Package.Split(' '); Order = $Order }
        Assert-Isolated $result
        foreach ($entry in $Package.Split(' ') -notlike 'System.Text.Json/*') {
            $name, $version = $entry.Split('/')
            $result.Default.$name | Should -BeLike "$([version] $version | ForEach-Object Major).*"
        }
    }
}

Describe 'Beside a module with resolve handlers that answer everything' {
    It 'works when the other module comes <Order>' -ForEach @(@{ Order = 'First' }, @{ Order = 'Last' }) {
        $result = Invoke-Case 'resolve handlers that answer everything' @{ Package = @('System.IdentityModel.Tokens.Jwt/6.8.0'); Order = $Order; Greedy = $true }
        Assert-Isolated $result
    }
}

Describe 'Two copies of the module' {
    BeforeAll {
        $other = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-copies-$PID"
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination "$other/later" -Version 9.9.9
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination "$other/rebuilt" -Version (Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE).ModuleVersion
        & "$PSScriptRoot/Isolation/Copy-Module.ps1" -Destination "$other/same"
    }
    AfterAll { Remove-Item -LiteralPath $other -Recurse -Force -ErrorAction Ignore }

    It 'refuses another version with words that help, and the first goes on (<First>, then <Second>)' -ForEach @(
        @{ First = 'this'; Second = 'later' }
        @{ First = 'later'; Second = 'this' }
        @{ First = 'this'; Second = 'rebuilt' }
    ) {
        $path = @{ this = $env:MEMBRANE_TEST_MODULE; later = "$other/later/Membrane.psd1"; rebuilt = "$other/rebuilt/Membrane.psd1" }
        $result = Invoke-Fresh @'
            Import-Module $first
            $message = try { Import-Module $second; 'nothing was said' } catch { $_.Exception.Message }
            $modules = @(Get-Module Membrane)
            Connect-Membrane -Emulator -TenantKey ada
            @{ Message = $message; Modules = $modules.Count; Version = "$($modules[0].Version)"; Connections = @(Get-MembraneConnection).Count } | ConvertTo-Json
'@ @{ first = $path[$First]; second = $path[$Second] } | ConvertFrom-Json
        $result.Message | Should -Match 'already loaded in this process, from .*start a new session'
        $result.Modules | Should -Be 1
        $result.Version | Should -Be (Import-PowerShellDataFile $path[$First]).ModuleVersion
        $result.Connections | Should -Be 0
    }

    It 'takes a second copy of the same files for the first' {
        $result = Invoke-Fresh @'
            Import-Module $first
            Connect-Membrane -Emulator -TenantKey ada
            Import-Module $second
            @{ Contexts = @(Get-MembraneContext).Count; Connections = @(Get-MembraneConnection).Count
               Private = @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'Membrane').Count } | ConvertTo-Json
'@ @{ first = $env:MEMBRANE_TEST_MODULE; second = "$other/same/Membrane.psd1" } | ConvertFrom-Json
        $result.Contexts | Should -Be 1
        $result.Connections | Should -Be 0
        $result.Private | Should -Be 1
    }
}

Describe 'Imported again and again' {
    It 'works after import, -Force, remove, import' {
        Invoke-Fresh @'
            Import-Module $m
            Connect-Membrane -Emulator -TenantKey ada
            Import-Module $m -Force
            $null = Get-MembraneConnection
            Remove-Module Membrane
            Import-Module $m
            @(Get-MembraneConnection).Count
            (Get-Command -Module Membrane).Count - (Import-PowerShellDataFile $m).CmdletsToExport.Count
            @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'Membrane').Count
'@ @{ m = $env:MEMBRANE_TEST_MODULE } | Should -Be @('0', '0', '1')
    }

    It 'works when ten runspaces import it at once, each its own first' {
        Invoke-Fresh @'
            $shells = 1..10 | ForEach-Object {
                $shell = [powershell]::Create().AddScript('param($m, $n) Import-Module $m; Connect-Membrane -Emulator -TenantKey "tenant$n"; $null = New-MembraneConnectionRequest -IntegrationKey hubspot; (Get-MembraneIdentity).TenantKey').AddArgument($m).AddArgument($_)
                @{ Shell = $shell; Running = $shell.BeginInvoke() }
            }
            $shells | ForEach-Object { $_.Shell.EndInvoke($_.Running); $_.Shell.Streams.Error | ForEach-Object { "$_" } }
            @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'Membrane').Count
'@ @{ m = $env:MEMBRANE_TEST_MODULE } | Should -Be (@(1..10 | ForEach-Object { "tenant$_" }) + '1')
    }

    It 'works with ForEach-Object -Parallel and an imported context' {
        Invoke-Fresh @'
            Import-Module $m
            Connect-Membrane -Emulator -TenantKey ada
            $context = Get-MembraneContext
            1..8 | ForEach-Object -ThrottleLimit 8 -Parallel { Import-Module $using:m; (Get-MembraneIdentity -Context $using:context).TenantKey } | Group-Object | ForEach-Object { "$($_.Count) x $($_.Name)" }
'@ @{ m = $env:MEMBRANE_TEST_MODULE } | Should -Be '8 x ada'
    }

    It 'works with Start-ThreadJob and an imported context' {
        Invoke-Fresh @'
            Import-Module $m
            Connect-Membrane -Emulator -TenantKey ada
            $context = Get-MembraneContext
            1..4 | ForEach-Object { Start-ThreadJob { Import-Module $using:m; (Get-MembraneIdentity -Context $using:context).TenantKey } } | Receive-Job -Wait -AutoRemoveJob | Group-Object | ForEach-Object { "$($_.Count) x $($_.Name)" }
'@ @{ m = $env:MEMBRANE_TEST_MODULE } | Should -Be '4 x ada'
    }
}

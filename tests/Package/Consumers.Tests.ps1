# Programs that use the NuGet packages: what README shows, beside what others use, trimmed and compiled ahead of time.
BeforeDiscovery {
    $web = @{
        'Microsoft.Identity.Web' = '4.15.0'; 'Microsoft.AspNetCore.Authentication.JwtBearer' = '10.0.12'; 'Microsoft.EntityFrameworkCore' = '10.0.12'
        'Serilog.AspNetCore' = '10.0.0'; 'Swashbuckle.AspNetCore' = '10.1.0'; 'Polly' = '8.6.5'; 'Dapper' = '2.1.66'
        'Newtonsoft.Json' = '13.0.4'; 'FluentValidation' = '12.1.0'; 'MediatR' = '5.1.0'; 'OpenTelemetry.Extensions.Hosting' = '1.15.3'
    }
    $automation = @{
        'Azure.Identity' = '1.17.0'; 'Azure.Storage.Blobs' = '12.27.0'; 'Azure.Security.KeyVault.Secrets' = '4.8.0'; 'Azure.Messaging.ServiceBus' = '7.21.0'
        'Microsoft.Graph' = '5.92.0'; 'Microsoft.Extensions.Http' = '10.0.10'; 'Microsoft.Extensions.Hosting' = '10.0.10'; 'Microsoft.Data.SqlClient' = '6.1.1'
        'CsvHelper' = '33.1.0'; 'Newtonsoft.Json' = '13.0.4'; 'YamlDotNet' = '16.3.0'
    }
    $old = @{ 'Azure.Identity' = '1.17.0'; 'Newtonsoft.Json' = '13.0.3'; 'Polly' = '7.2.4'; 'Dapper' = '2.1.66'; 'Microsoft.Extensions.Http' = '8.0.1' }
    $neighbours = @(
        @{ Kind = 'web'; Sdk = 'Microsoft.NET.Sdk.Web'; Framework = 'net10.0'; References = $web }
        @{ Kind = 'automation'; Sdk = 'Microsoft.NET.Sdk'; Framework = 'net10.0'; References = $automation }
        @{ Kind = 'automation'; Sdk = 'Microsoft.NET.Sdk'; Framework = 'net8.0'; References = $automation }
        @{ Kind = 'automation'; Sdk = 'Microsoft.NET.Sdk'; Framework = 'net48'; References = $old }
    )
}

BeforeAll {
    Import-Module $env:MEMBRANE_TEST_MODULE
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $version = (Import-PowerShellDataFile "$root/Membrane.psd1").ModuleVersion
    $programs = @([regex]::Matches(((Get-Content -LiteralPath "$root/src/Membrane.Client/README.md" -Raw) -replace "`r`n", "`n"), '(?ms)^```csharp\n(.*?)^```$').ForEach{ $_.Groups[1].Value })
    $saved = $env:NUGET_PACKAGES

    # What others made is fetched once into this clone; ours is new each time under the same version.
    $env:NUGET_PACKAGES = "$root/out/consumers"
    Remove-Item -Path "$root/out/consumers/membrane.*" -Recurse -Force -ErrorAction Ignore

    # A project of its own, outside this repository.
    function New-Consumer([string] $Framework, [string] $Program, [string] $Sdk = 'Microsoft.NET.Sdk', [hashtable] $References = @{}, [string] $Properties) {
        $folder = (New-Item -ItemType Directory -Path (Join-Path (Get-Item TestDrive:).FullName ([guid]::NewGuid().ToString('N')))).FullName
        $all = @{ 'Membrane.Client' = $version } + $References
        $lines = $all.Keys | Sort-Object | ForEach-Object { "    <PackageReference Include=`"$_`" Version=`"$($all[$_])`" />" }
        # As `dotnet new console` makes it; ImplicitUsings and Nullable are not for the C# of .NET Framework. What NuGet says of holes in
        # the packages of others, or of a version that a server has not, is not about ours.
        $modern = if ($Framework -notlike 'net4*') { '<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>' }
        Set-Content -LiteralPath "$folder/Consumer.csproj" -Value @"
<Project Sdk="$Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>$Framework</TargetFramework>
    $modern
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603;NU1900;NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
    $Properties
  </PropertyGroup>
  <ItemGroup>
$($lines -join "`n")
  </ItemGroup>
</Project>
"@
        Set-Content -LiteralPath "$folder/nuget.config" -Value "<configuration><packageSources><add key=`"built here`" value=`"$root/out/packages`" /></packageSources></configuration>"
        if ($Program) { Set-Content -LiteralPath "$folder/Program.cs" -Value $Program }
        $folder
    }

    # Runs dotnet in the project, which must work without a warning about ours; false where a package could not be fetched.
    function Invoke-Dotnet([string] $Folder) {
        Push-Location -LiteralPath $Folder
        try { $said = @(dotnet @args -nologo 2>&1 | ForEach-Object { "$_" }) } finally { Pop-Location }
        if ($LASTEXITCODE -ne 0 -and $said -match 'NU1301|NU1801') {
            Write-Warning "SKIPPED, BECAUSE NO PACKAGES CAN BE FETCHED: dotnet $args"
            return $false
        }
        $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
        $said -match 'warning (?!NU1603|NU190\d)|: warning IL|NU1(107|605|608)' | Should -BeNullOrEmpty
        $true
    }

    # Runs a program of README against an emulator, and does for it what it asks a person for. Returns the lines that it wrote.
    function Invoke-Consumer([string] $File, [string[]] $Arguments = @()) {
        $emulator = Start-MembraneEmulator
        $start = [System.Diagnostics.ProcessStartInfo]::new($File)
        foreach ($argument in $Arguments) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.Environment['MEMBRANE_API_URL'] = $emulator.ApiUri
        $start.Environment['MEMBRANE_WORKSPACE_KEY'] = 'emulator-workspace'
        $start.Environment['MEMBRANE_WORKSPACE_SECRET'] = 'emulator-development-secret-not-for-production-0123456789abcdef0'
        $program = [System.Diagnostics.Process]::Start($start)
        try {
            $errors = $program.StandardError.ReadToEndAsync()
            while ($null -ne ($line = $program.StandardOutput.ReadLine())) {
                if ($line -match '^Open (http\S+)$') { $null = Invoke-WebRequest -Method Post -Uri $Matches[1] -Body @{ decision = 'allow' } }
                $line
            }
            $program.WaitForExit()
            $errors.Result | Should -BeNullOrEmpty
            $program.ExitCode | Should -Be 0
        }
        finally {
            if (-not $program.HasExited) { $program.Kill() }
            Stop-MembraneEmulator
        }
    }

    function Assert-Work([string[]] $Lines, [string[]] $Expected) {
        $Lines.Count | Should -Be $Expected.Count -Because ($Lines -join "`n")
        for ($index = 0; $index -lt $Expected.Count; $index++) { $Lines[$index] | Should -Match $Expected[$index] }
    }
}

AfterAll { $env:NUGET_PACKAGES = $saved }

Describe 'The packages beside others' {
    It 'restore in a project for <Kind> on <Framework>, without a conflict' -ForEach $neighbours {
        $folder = New-Consumer $Framework -Sdk $Sdk -References $References
        if (-not (Invoke-Dotnet $folder restore)) { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }
}

Describe 'The first program of README' {
    It 'compiles and runs as it stands on .NET' {
        $folder = New-Consumer net10.0 $programs[0]
        if (Invoke-Dotnet $folder build -c Release -v quiet -o "$folder/out") {
            Assert-Work (Invoke-Consumer dotnet "$folder/out/Consumer.dll") '^Open http', '^HubSpot: READY$', '^Run \S+$'
        }
        else { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }

    It 'compiles as it stands on .NET Framework 4.8, in C# 7.3, and runs' {
        $folder = New-Consumer net48 $programs[1]
        if (Invoke-Dotnet $folder build -c Release -v quiet -o "$folder/out") {
            if ($IsWindows) { Assert-Work (Invoke-Consumer "$folder/out/Consumer.exe") '^Open http', '^Run \S+$' }
            elseif (Get-Command mono -CommandType Application -ErrorAction Ignore) { Assert-Work (Invoke-Consumer mono "$folder/out/Consumer.exe") '^Open http', '^Run \S+$' }
            else { Write-Warning 'THE PROGRAM FOR .NET FRAMEWORK WAS COMPILED AND NOT RUN: there is no mono, which stands in for it (Debian: apt-get install mono-devel).' }
        }
        else { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }

    It 'hosts the emulator in its own process, in two lines' {
        $folder = New-Consumer net10.0 $programs[2] -References @{ 'Membrane.Testing' = $version }
        if (Invoke-Dotnet $folder build -c Release -v quiet -o "$folder/out") { Invoke-Consumer dotnet "$folder/out/Consumer.dll" | Should -Contain 'HubSpot' }
        else { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }

    It 'runs trimmed, without a warning' {
        $folder = New-Consumer net10.0 $programs[0] -Properties '<PublishTrimmed>true</PublishTrimmed><TrimmerSingleWarn>false</TrimmerSingleWarn>'
        if (Invoke-Dotnet $folder publish -c Release -v quiet --use-current-runtime --self-contained -o "$folder/out") {
            Assert-Work (Invoke-Consumer "$folder/out/Consumer$(if ($IsWindows) { '.exe' })") '^Open http', '^HubSpot: READY$', '^Run \S+$'
        }
        else { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }

    It 'runs compiled ahead of time, without a warning' {
        $linker = if ($IsWindows) { 'link' } else { 'clang', 'gcc' | Where-Object { Get-Command $_ -CommandType Application -ErrorAction Ignore } | Select-Object -First 1 }
        if (-not $linker -or ($IsWindows -and -not (Get-Command link.exe -ErrorAction Ignore))) {
            Write-Warning 'SKIPPED: NOT COMPILED AHEAD OF TIME, because there is no linker on the PATH (Debian: apt-get install clang zlib1g-dev).'
            Set-ItResult -Skipped -Because 'THERE IS NO LINKER'
            return
        }
        if ($root -match '\s') {
            Write-Warning 'SKIPPED: NOT COMPILED AHEAD OF TIME, because the framework gives the linker no path with a space, as that of this clone.'
            Set-ItResult -Skipped -Because 'THE PATH HAS A SPACE'
            return
        }
        $choice = if ($linker -eq 'gcc') { '<CppCompilerAndLinker>gcc</CppCompilerAndLinker>' }
        $folder = New-Consumer net10.0 $programs[0] -Properties "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>$choice"
        if (Invoke-Dotnet $folder publish -c Release -v quiet --use-current-runtime -o "$folder/out") {
            $file = "$folder/out/Consumer$(if ($IsWindows) { '.exe' })"
            Write-Host "Compiled ahead of time: $('{0:n1}' -f ((Get-Item -LiteralPath $file).Length / 1MB)) MB"
            Assert-Work (Invoke-Consumer $file) '^Open http', '^HubSpot: READY$', '^Run \S+$'
        }
        else { Set-ItResult -Skipped -Because 'NO PACKAGES CAN BE FETCHED HERE' }
    }
}

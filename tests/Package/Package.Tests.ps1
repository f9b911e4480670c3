# What `build.ps1 Pack` made: the package for the Gallery, the module as it is installed, the NuGet packages.
BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $manifest = Import-PowerShellDataFile "$root/Membrane.psd1"
    $version = $manifest.ModuleVersion
    $packages = "$root/out/packages"
    $installed = Split-Path $env:MEMBRANE_TEST_MODULE

    function Get-PackageEntry([string] $Name) {
        $archive = [System.IO.Compression.ZipFile]::OpenRead("$packages/$Name.$version.nupkg")
        try { $archive.Entries | ForEach-Object { [pscustomobject]@{ Name = $_.FullName; Length = $_.Length } } } finally { $archive.Dispose() }
    }

    function Get-PackageText([string] $Package, [string] $Entry) {
        $archive = [System.IO.Compression.ZipFile]::OpenRead("$packages/$Package.$version.nupkg")
        try { [System.IO.StreamReader]::new($archive.GetEntry($Entry).Open()).ReadToEnd() } finally { $archive.Dispose() }
    }
}

Describe 'The package for the Gallery' {
    It 'is smaller than 6 MB' {
        (Get-Item "$packages/Membrane.$version.nupkg").Length | Should -BeLessThan 6MB
    }

    It 'has assemblies with machine code for Windows and Linux, and takes those of the system' {
        $entries = (Get-PackageEntry Membrane).Name
        foreach ($system in 'linux-x64', 'win-x64') { foreach ($name in 'Client', 'PowerShell') { "bin/net8.0/$system/Membrane.$name.dll" | Should -BeIn $entries } }
        $expected = if ([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -ne 'X64' -or [Environment]::Version.Major -lt 10) { 'net8.0' }
        elseif ($IsWindows) { 'win-x64' } elseif ($IsLinux) { 'linux-x64' } else { 'net8.0' }
        $locations = & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -Command "Import-Module '$env:MEMBRANE_TEST_MODULE'; `$null = New-MembraneToken ada -WorkspaceKey k -WorkspaceSecret s -AsPlainText; ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'Membrane.Client', 'Membrane.PowerShell' }).Location"
        $locations | ForEach-Object { Split-Path (Split-Path $_) -Leaf } | Should -Be $expected, $expected
    }

    It 'has nothing but the module, and what a package needs' {
        $allowed = @(
            '_rels/.rels', 'Membrane.nuspec', '\[Content_Types\].xml', 'package/services/metadata/core-properties/*.psmdcp'
            'Membrane.psd1', 'Membrane.psm1', 'Membrane.Refusal.ps1', 'Membrane.Format.ps1xml', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'icon.png', 'sbom.cdx.json'
            'bin/net8.0/*.dll', 'bin/netstandard2.0/*.dll', 'bin/loader/Core/Membrane.PowerShell.Loader.dll', 'bin/loader/Desktop/Membrane.PowerShell.Loader.dll'
            'en-US/*.xml', 'en-US/about_*.help.txt'
            'skills/*/SKILL.md', 'skills/build-integrations/samples/token-endpoint/*', 'skills/build-integrations/samples/react-page/*'
        )
        $extra = foreach ($entry in (Get-PackageEntry Membrane).Name) { if (-not ($allowed | Where-Object { $entry -like $_.Replace('\[', '`[').Replace('\]', '`]') })) { $entry } }
        $extra | Should -BeNullOrEmpty
    }

    It 'has the skills with their samples, without what npm brings' {
        $entries = (Get-PackageEntry Membrane).Name
        foreach ($file in 'self-integration/SKILL.md', 'build-integrations/SKILL.md', 'build-integrations/samples/token-endpoint/azure-functions/membrane-token/run.ps1', 'build-integrations/samples/react-page/src/main.jsx') {
            "skills/$file" | Should -BeIn $entries
        }
        $entries -match 'node_modules|package-lock' | Should -BeNullOrEmpty
    }

    It 'has no debug files, tests or test adapters' {
        (Get-PackageEntry Membrane).Name -match '\.(pdb|deps\.json|runtimeconfig\.json|Tests\.ps1)$|xunit|Pester|testhost|System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'has the nuspec that Publish-PSResource writes' {
        $metadata = ([xml] (Get-PackageText Membrane Membrane.nuspec)).package.metadata
        $metadata.id | Should -Be 'Membrane'
        $metadata.version | Should -Be $version
        $metadata.authors | Should -Be $manifest.Author
        $metadata.owners | Should -Be $manifest.CompanyName
        $metadata.licenseUrl | Should -Be $manifest.PrivateData.PSData.LicenseUri
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $metadata.requireLicenseAcceptance | Should -Be 'false'
        $metadata.description | Should -Be $manifest.Description
        $metadata.tags | Should -Be (@('PSModule') + $manifest.PrivateData.PSData.Tags -join ' ')
        $metadata.tags.Split(' ') | Should -Contain 'PSEdition_Core'
        $metadata.tags.Split(' ') | Should -Contain 'PSEdition_Desktop'
        $metadata.SelectSingleNode('*[local-name()="dependencies"]') | Should -BeNullOrEmpty
    }

    It 'has the release notes of this version of the changelog, in nuspec and manifest' {
        $metadata = ([xml] (Get-PackageText Membrane Membrane.nuspec)).package.metadata
        $notes = (Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE).PrivateData.PSData.ReleaseNotes
        $metadata.releaseNotes | Should -Be $notes
        $notes | Should -Match '^### '
        $notes | Should -Not -Match '(?m)^## '
        $tagged = "$($manifest.PrivateData.PSData.ProjectUri)/blob/v$version/"
        (Get-Content "$root/CHANGELOG.md" -Raw).Contains($notes.Replace($tagged, '')) | Should -BeTrue
    }

    It 'has release notes whose links work from the Gallery: in the tag of this version, to files that there are' {
        $links = [regex]::Matches((Import-PowerShellDataFile $env:MEMBRANE_TEST_MODULE).PrivateData.PSData.ReleaseNotes, '\]\(([^)]*)\)').ForEach{ $_.Groups[1].Value }
        $links | Should -Not -BeNullOrEmpty
        $tagged = "$($manifest.PrivateData.PSData.ProjectUri)/blob/v$version/"
        foreach ($link in $links) {
            $link | Should -BeLike "$tagged*"
            Join-Path $root $link.Substring($tagged.Length) | Should -Exist
        }
    }
}

Describe 'The installed module' {
    It 'is laid out as Install-PSResource does, with nothing of the package left' {
        $installed | Should -Match '[\\/]Modules[\\/]Membrane[\\/]'
        Split-Path $installed -Leaf | Should -Be $version
        Get-ChildItem $installed -Force | Where-Object Name -in '_rels', 'package', '[Content_Types].xml', 'Membrane.nuspec' | Should -BeNullOrEmpty
    }

    It 'is what was built, file by file' {
        foreach ($file in Get-ChildItem "$root/out/Membrane" -Recurse -File | Where-Object Name -ne 'Membrane.psd1') {
            $relative = [System.IO.Path]::GetRelativePath("$root/out/Membrane", $file.FullName)
            (Get-FileHash (Join-Path $installed $relative)).Hash | Should -Be (Get-FileHash $file.FullName).Hash -Because $relative
        }
    }

    It 'is found and loaded by the name of a command' {
        $path = $env:PSModulePath
        & $env:MEMBRANE_TEST_ENGINE -NoProfile -NonInteractive -Command "`$env:PSModulePath = '$path'; Connect-Membrane -Emulator -TenantKey ada; @(Get-MembraneConnection).Count; (Get-Module Membrane).Path" |
            Should -Be @('0', (Join-Path $installed 'Membrane.psm1'))
    }

    It 'brings the help of every command' {
        $help = [System.IO.File]::ReadAllText("$installed/en-US/Membrane.PowerShell.dll-Help.xml")
        $manifest.CmdletsToExport | Where-Object { -not $help.Contains("<command:name>$_</command:name>") } | Should -BeNullOrEmpty
        "$installed/en-US/about_Membrane.help.txt" | Should -Exist
    }

    It 'passes Test-ModuleManifest' {
        (Test-ModuleManifest $env:MEMBRANE_TEST_MODULE -WarningVariable warned -WarningAction SilentlyContinue).Version | Should -Be $version
        $warned | Should -BeNullOrEmpty
    }
}

Describe 'The bill of materials' {
    BeforeAll { $bom = Get-Content "$installed/sbom.cdx.json" -Raw | ConvertFrom-Json }

    It 'names every file of the module with its checksum, once, and no other' {
        $listed = @($bom.components | Where-Object type -eq file) + @($bom.components | Where-Object type -eq library | ForEach-Object components)
        $files = Get-ChildItem $installed -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($installed, $_.FullName).Replace('\', '/') } | Where-Object { $_ -notin 'sbom.cdx.json', 'PSGetModuleInfo.xml' }
        $listed.name | Sort-Object | Should -Be ($files | Sort-Object)
        foreach ($file in $listed) { $file.hashes[0].content | Should -Be (Get-FileHash (Join-Path $installed $file.name) -Algorithm SHA256).Hash -Because $file.name }
    }

    It 'names packages with version, licence and a reference that resolves' {
        $libraries = @($bom.components | Where-Object type -eq library)
        ($libraries | Where-Object name -eq 'System.IdentityModel.Tokens.Jwt').purl | Should -BeLike 'pkg:nuget/System.IdentityModel.Tokens.Jwt@*'
        $libraries | Where-Object { $_.licenses[0].license.id -notin 'MIT', 'Apache-2.0' } | Should -BeNullOrEmpty
        $known = @($bom.metadata.component.'bom-ref') + @($bom.components.'bom-ref')
        @($bom.dependencies.ref) + @($bom.dependencies.dependsOn) | Where-Object { $_ -and $_ -notin $known } | Should -BeNullOrEmpty
    }

    It 'has a notice for each of them' {
        $notices = Get-Content "$installed/THIRD-PARTY-NOTICES.txt" -Raw
        $bom.components | Where-Object type -eq library | Where-Object { -not $notices.Contains($_.name) } | Should -BeNullOrEmpty
    }
}

Describe 'The NuGet packages' {
    It 'has <Name> for both frameworks, with its XML docs, and symbols beside' -ForEach @(@{ Name = 'Membrane.Client' }, @{ Name = 'Membrane.Contracts' }) {
        $entries = (Get-PackageEntry $Name).Name
        foreach ($framework in 'net8.0', 'netstandard2.0') {
            $entries | Should -Contain "lib/$framework/$Name.dll"
            $entries | Should -Contain "lib/$framework/$Name.xml"
        }
        $entries | Should -Contain 'README.md'
        $entries | Should -Contain 'icon.png'
        "$packages/$Name.$version.snupkg" | Should -Exist
    }

    It 'asks for minimum versions of others, and for exactly its own contracts' {
        $groups = ([xml] (Get-PackageText Membrane.Client Membrane.Client.nuspec)).package.metadata.dependencies.group
        foreach ($dependency in $groups.dependency) {
            if ($dependency.id -like 'Membrane.*') { $dependency.version | Should -Be "[$version]" -Because $dependency.id }
            else { $dependency.version | Should -Match '^\d' -Because $dependency.id }
        }
        $groups.dependency.id | Select-Object -Unique | Sort-Object | Should -Be 'Membrane.Contracts', 'System.IdentityModel.Tokens.Jwt', 'System.Text.Json'
    }

    It 'says of <Name> where the sources are, in the tag of the version' -ForEach @(@{ Name = 'Membrane.Client' }, @{ Name = 'Membrane.Contracts' }) {
        $project = $manifest.PrivateData.PSData.ProjectUri
        $repository = ([xml] (Get-PackageText $Name "$Name.nuspec")).package.metadata.repository
        $repository.type | Should -Be 'git'
        $repository.url | Should -Be $project
        $archive = [System.IO.Compression.ZipFile]::OpenRead("$packages/$Name.$version.snupkg")
        try {
            foreach ($framework in 'net8.0', 'netstandard2.0') {
                $symbols = [System.IO.MemoryStream]::new()
                $archive.GetEntry("lib/$framework/$Name.pdb").Open().CopyTo($symbols)
                $symbols.Position = 0
                $reader = [System.Reflection.Metadata.MetadataReaderProvider]::FromPortablePdbStream($symbols).GetMetadataReader()
                $links = foreach ($handle in $reader.CustomDebugInformation) {
                    $information = $reader.GetCustomDebugInformation($handle)
                    if ($reader.GetGuid($information.Kind) -eq 'cc110556-a091-4d38-9fec-25ab9a351a6a') { [System.Text.Encoding]::UTF8.GetString($reader.GetBlobBytes($information.Value)) }
                }
                $pattern = ($links | ConvertFrom-Json).documents.'/_/*'
                $pattern | Should -Be "$($project -replace '//github\.com/', '//raw.githubusercontent.com/')/v$version/*"
                foreach ($handle in $reader.Documents) {
                    $document = $reader.GetString($reader.GetDocument($handle).Name)
                    $document | Should -BeLike '/_/*'
                    if ($document -notlike '*/obj/*') { Join-Path $root $document.Substring(3) | Should -Exist }
                }
            }
        }
        finally { $archive.Dispose() }
    }

    It 'has strong names, and says which assemblies can be trimmed' {
        foreach ($build in 'net8.0', 'netstandard2.0') {
            foreach ($name in 'Membrane.Client', 'Membrane.Contracts') {
                $file = "$installed/bin/$build/$name.dll"
                [System.Convert]::ToHexString([System.Reflection.AssemblyName]::GetAssemblyName($file).GetPublicKeyToken()) | Should -Be 'E31D9A16EB0CC119'
                $text = [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($file))
                $text.Contains('IsTrimmable') | Should -Be ($build -eq 'net8.0')
            }
        }
    }

    It 'has the licence of every file of others that the emulator brings' {
        $notices = Get-PackageText Membrane.Emulator THIRD-PARTY-NOTICES.txt
        $others = (Get-PackageEntry Membrane.Emulator).Name -match '\.dll$' | Split-Path -LeafBase | Where-Object { $_ -notlike 'Membrane.*' }
        $others.Count | Should -BeGreaterThan 5
        $others | Where-Object { -not $notices.Contains($_) } | Should -BeNullOrEmpty
    }

    It 'has the engine for JavaScript in the tool alone' {
        (Get-PackageEntry Membrane.Emulator).Name | Should -Contain 'tools/net8.0/any/code/Jint.dll'
        foreach ($package in 'Membrane', 'Membrane.Testing') {
            (Get-PackageEntry $package).Name | Where-Object { $_ -match 'Jint|CodeWorker' } | Should -BeNullOrEmpty
        }
    }

    It 'installs the emulator as a dotnet tool, which runs' {
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-tool-$PID"
        $cache = Join-Path ([System.IO.Path]::GetTempPath()) "membrane-tool-cache-$PID"
        $saved = $env:NUGET_PACKAGES
        $emulator = $null
        try {
            $env:NUGET_PACKAGES = $cache
            $said = dotnet tool install Membrane.Emulator --tool-path $folder --version $version --source $packages
            $LASTEXITCODE | Should -Be 0 -Because "$said"
            $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $folder 'membrane-emulator'), '--port 0')
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $emulator = [System.Diagnostics.Process]::Start($start)
            $emulator.StandardOutput.ReadLine() | Should -Match '^Membrane emulator listening on http://127\.0\.0\.1:\d+$'
        }
        finally {
            $env:NUGET_PACKAGES = $saved
            if ($emulator) { $emulator.Kill(); $emulator.WaitForExit() }
            Remove-Item -LiteralPath $folder, $cache -Recurse -Force -ErrorAction Ignore
        }
    }
}

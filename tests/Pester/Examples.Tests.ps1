BeforeDiscovery {
    $documentation = (Resolve-Path "$PSScriptRoot/../../docs/en-US").Path
    # EXAMPLE_PAGES=Get-*,about_* runs only these, while one writes them.
    $wanted = if ($env:EXAMPLE_PAGES) { $env:EXAMPLE_PAGES -split ',' } else { '*' }
    $pages = foreach ($page in Get-ChildItem -LiteralPath $documentation -Filter *.md) {
        if (-not ($wanted | Where-Object { $page.BaseName -like $_ })) { continue }
        $title = $page.BaseName
        $examples = foreach ($match in [regex]::Matches((Get-Content -LiteralPath $page.FullName -Raw), '(?ms)^###? (?<title>[^\n]+)$|^```powershell\r?\n(?<code>.*?)\r?\n```')) {
            if ($match.Groups['title'].Success) { $title = $match.Groups['title'].Value; continue }
            @{ Title = $title; Code = $match.Groups['code'].Value }
        }
        # Windows has no variable that puts a browser of one's own in the place of the real one.
        if ($examples -and -not ($IsWindows -and $examples.Code -match 'Connect-MembraneApp|-Interactive')) { @{ Page = $page.BaseName; Example = @($examples) } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/ExampleWorkspace.ps1"
    $prepared = Join-Path $TestDrive 'prepared.state'
    New-ExampleState $prepared
    $files = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'files')).FullName
    New-ExampleFile $files
}

AfterAll {
    Disconnect-Membrane -All
    Stop-MembraneEmulator
}

Describe 'The examples of the help pages' {
    BeforeEach {
        $environment = @{}
        Get-ChildItem Env: | ForEach-Object { $environment[$_.Name] = $_.Value }
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $work = Join-Path $folder 'work'
        Copy-Item -LiteralPath $files -Destination $work -Recurse
        $state = Join-Path $folder 'workspace.state'
        Copy-Item -LiteralPath $prepared -Destination $state
        if (-not $IsWindows) { $env:BROWSER = New-ExampleBrowser $folder }
    }

    AfterEach {
        foreach ($variable in Get-ChildItem Env:) { if (-not $environment.ContainsKey($variable.Name)) { Remove-Item "Env:$($variable.Name)" } }
        foreach ($name in $environment.Keys) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
        Remove-Item -LiteralPath (Join-Path $HOME '.membrane') -Recurse -Force -ErrorAction Ignore
    }

    It 'run as they stand: <Page>' -ForEach $pages {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand("$PSScriptRoot/Support/Invoke-ExamplePage.ps1").AddParameter('Module', $env:MEMBRANE_TEST_MODULE).AddParameter('State', $state).AddParameter('Folder', $work).AddParameter('Example', @($Example))
            $problem = $null
            try { $null = $shell.Invoke() } catch { $problem = $_.Exception.InnerException.Message }
            $problem | Should -BeNullOrEmpty
        }
        finally {
            $shell.Commands.Clear()
            $null = $shell.AddScript('Disconnect-Membrane -All; Stop-MembraneEmulator').Invoke()
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $files = @(
        Get-ChildItem -LiteralPath "$root/docs/en-US" -Filter *.md
        Get-Item -LiteralPath "$root/docs/guides/integrations-in-your-product.md"
        Get-ChildItem -Path "$root/skills/*/SKILL.md"
    )
    # EXAMPLE_PAGES=Get-*,about_* runs only these, while one writes them.
    $wanted = if ($env:EXAMPLE_PAGES) { $env:EXAMPLE_PAGES -split ',' } else { '*' }
    $pages = foreach ($page in $files) {
        # All skills have the same file name.
        $name = if ($page.Name -eq 'SKILL.md') { $page.Directory.Name } else { $page.BaseName }
        if (-not ($wanted | Where-Object { $name -like $_ })) { continue }
        $title = $name
        $examples = foreach ($match in [regex]::Matches((Get-Content -LiteralPath $page.FullName -Raw), '(?ms)^###? (?<title>[^\n]+)$|^```powershell\r?\n(?<code>.*?)\r?\n```')) {
            if ($match.Groups['title'].Success) { $title = $match.Groups['title'].Value; continue }
            @{ Title = $title; Code = $match.Groups['code'].Value }
        }
        # Windows has no variable that puts a browser of one's own in the place of the real one.
        if ($examples -and -not ($IsWindows -and $examples.Code -match 'Connect-MembraneApp|-Interactive')) { @{ Page = $name; Example = @($examples) } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/Support/ExampleWorkspace.ps1"
    $prepared = Join-Path $TestDrive 'prepared.state'
    New-ExampleState $prepared
    $files = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'files')).FullName
    New-ExampleFile $files
    # What a guide names in the repository.
    $null = New-Item -ItemType Directory -Path (Join-Path $files 'docs/samples')
    Copy-Item -LiteralPath "$PSScriptRoot/../../docs/samples/token-endpoint" -Destination (Join-Path $files 'docs/samples') -Recurse
    $modulePath = $env:PSModulePath
    $env:PSModulePath = (Get-TestModuleFolder) + [System.IO.Path]::PathSeparator + $modulePath
}

AfterAll {
    $env:PSModulePath = $modulePath
    Disconnect-Membrane -All
    Stop-MembraneEmulator
}

Describe 'The examples of the help pages, the skills and the guide' {
    BeforeAll {
        # What goes wrong when the code is run in a fresh runspace, in order; nothing if all is well.
        function Get-ExampleProblem {
            param([object[]] $Example)
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddCommand("$PSScriptRoot/Support/Invoke-ExamplePage.ps1").AddParameter('Module', $env:MEMBRANE_TEST_MODULE).AddParameter('State', $state).AddParameter('Folder', $work).AddParameter('Example', $Example)
                try { $null = $shell.Invoke() } catch { $_.Exception.InnerException.Message }
            }
            finally {
                $shell.Commands.Clear()
                # A server that a page left running would answer the next one.
                $null = $shell.AddScript('Get-Job | Remove-Job -Force; Disconnect-Membrane -All; Stop-MembraneEmulator').Invoke()
                $shell.Runspace.Dispose()
                $shell.Dispose()
            }
        }
    }

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

    It 'that fail are named' {
        Get-ExampleProblem @{ Title = 'A good one'; Code = '$one = 1' }, @{ Title = 'A bad one'; Code = 'Get-MembraneConnection nobody' } | Should -BeLike 'A bad one: *nobody*'
    }

    It 'run as they stand: <Page>' -ForEach $pages {
        # The builds run side by side, and a token endpoint has a port that stands in the text.
        $port = if ("$($Example.Code)" -match 'localhost:5170') { [System.Threading.Mutex]::new($false, 'Global\membrane-examples-5170') }
        try {
            $null = ${port}?.WaitOne()
            Get-ExampleProblem $Example | Should -BeNullOrEmpty
        }
        finally {
            ${port}?.ReleaseMutex()
            ${port}?.Dispose()
        }
    }
}

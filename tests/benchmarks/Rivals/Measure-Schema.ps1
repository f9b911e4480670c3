# The first compilation of a schema in a fresh process, of an action's input with some of everything. Prints milliseconds.
param([string] $Module)

Import-Module $Module
# The client is loaded when it is wanted.
$null = New-MembraneToken ada -WorkspaceKey bench -WorkspaceSecret ('s' * 64) -AsPlainText
$client = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Membrane.Client' }
$element = [System.Text.Json.JsonDocument]::Parse([System.IO.File]::ReadAllText((Join-Path $PSScriptRoot '../schema.json'))).RootElement
$parse = $client.GetType('Membrane.Client.Schemas.JsonSchema').GetMethods('Public,Static').Where({ $_.Name -eq 'Parse' })[0]
$arguments = [object[]] ($element, $null)
# The engine's own cost of a call by reflection.
$null = [string].GetMethod('IsNullOrEmpty').Invoke($null, [object[]] 'x')
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$null = $parse.Invoke($null, $arguments)
$watch.Stop()
$watch.Elapsed.TotalMilliseconds.ToString('0.0', [cultureinfo]::InvariantCulture)

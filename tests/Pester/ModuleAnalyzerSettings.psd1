# For what the module ships: it must parse on Windows PowerShell 5.1 too.
@{
    Rules = @{
        PSUseCompatibleSyntax = @{
            Enable = $true
            TargetVersions = @('5.1', '7.2', '7.4')
        }
    }
}

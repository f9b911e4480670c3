{{#IsMandatory}}
        [Parameter(Mandatory = $true, {{Position}}ParameterSetName = 'Named')]
        [Parameter(ParameterSetName = 'Row')]
{{/IsMandatory}}
{{^IsMandatory}}
        [Parameter()]
{{/IsMandatory}}
{{#AllowsNull}}
        [AllowNull()]
{{/AllowsNull}}
{{#AllowsEmptyString}}
        [AllowEmptyString()]
{{/AllowsEmptyString}}
{{#AllowsEmptyCollection}}
        [AllowEmptyCollection()]
{{/AllowsEmptyCollection}}
        [Membrane.InputValue('{{Kind}}'{{InputOptions}})]
{{#Suggestions}}
        [ArgumentCompleter({ {{Suggestions}} -like ('*' + $args[2] + '*') })]
{{/Suggestions}}
{{#Values}}
        [ValidateSet({{Values}})]
{{/Values}}
{{#Range}}
        [ValidateRange({{Range}})]
{{/Range}}
{{#MaxLength}}
        [ValidateLength(0, {{MaxLength}})]
{{/MaxLength}}
{{#Pattern}}
        [ValidatePattern({{Pattern}}, Options = 'CultureInvariant')]
{{/Pattern}}
{{#Sketch}}
        [ArgumentCompleter({ {{Sketch}} })]
{{/Sketch}}
        [{{Type}}] ${{Name}},

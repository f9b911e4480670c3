@{
    ExcludeRules = @(
        # Build and test scripts talk to a person; the module itself has no script that writes.
        'PSAvoidUsingWriteHost'
        # Pester's blocks share variables in a way that the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The tests and samples hold the documented development secret only.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # Helpers of the tests; the commands of the module are cmdlets, whose ShouldProcess has tests of its own.
        'PSUseShouldProcessForStateChangingFunctions'
        # The jobs of the tests take arguments by param(), which the rule takes for variables of the caller.
        'PSUseUsingScopeModifierInNewRunspaces'
        # The switch of Connect-Membrane has a test.
        'PSAvoidUsingAllowUnencryptedAuthentication'
        # Native tools have nothing but positions.
        'PSAvoidUsingPositionalParameters'
        # UTF-8 without a byte order mark, as .editorconfig says.
        'PSUseBOMForUnicodeEncodedFile'
    )
}

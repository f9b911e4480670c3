# The modules that Azure Functions gets from the PowerShell Gallery. The Flex Consumption plan does not: there, put the
# module into the folder Modules beside this file (Save-PSResource Membrane -Path Modules).
@{ Membrane = '0.*' }

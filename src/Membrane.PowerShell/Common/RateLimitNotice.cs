using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Says that a command waits because the service limits the rate: one warning for a command, however often it waits, and for a person a
/// bar with the time that is left. Used on the pipeline thread alone.
/// </summary>
internal sealed class RateLimitNotice(MembraneCommand command)
{
    private const int ProgressId = 0x4D52;
    private const string Activity = "Waiting for the rate limit";

    private readonly bool hasPerson = Interactivity.HasPerson(command.Host);
    private bool wasTold;

    public void Show(string operation, TimeSpan delay)
    {
        if (!wasTold)
        {
            wasTold = true;
            command.WriteWarning(
                $"The service limits the rate of requests. {operation} is sent again in {delay.TotalSeconds:0.0} s, and "
                    + $"later again where that is not enough. -Verbose shows each wait."
            );
        }

        if (hasPerson)
        {
            command.WriteProgress(
                new ProgressRecord(ProgressId, Activity, operation) { SecondsRemaining = (int)Math.Ceiling(delay.TotalSeconds) }
            );
        }
    }

    public void End()
    {
        if (wasTold && hasPerson)
        {
            command.WriteProgress(new ProgressRecord(ProgressId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}

namespace Membrane.Emulator.Durability;

/// <summary>CRC-32 (IEEE 802.3), which finds every torn and nearly every damaged record.</summary>
internal static class Checksum
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(byte[] bytes, int offset, int count)
    {
        var value = 0xFFFFFFFF;
        for (var index = offset; index < offset + count; index++)
        {
            value = Table[(value ^ bytes[index]) & 0xFF] ^ (value >> 8);
        }

        return ~value;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint number = 0; number < 256; number++)
        {
            var value = number;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            table[number] = value;
        }

        return table;
    }
}

namespace Membrane.Emulator.Durability;

/// <summary>CRC-32 (IEEE 802.3), which finds every torn and nearly every damaged record.</summary>
internal static class Checksum
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(byte[] bytes, int offset, int count)
    {
        uint value = 0xFFFFFFFF;
        for (int index = offset; index < offset + count; index++)
            value = Table[(value ^ bytes[index]) & 0xFF] ^ (value >> 8);

        return ~value;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint number = 0; number < 256; number++)
        {
            uint value = number;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;

            table[number] = value;
        }

        return table;
    }
}

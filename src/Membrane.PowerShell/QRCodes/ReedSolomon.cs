namespace Membrane.PowerShell.QRCodes;

/// <summary>The checks of QR codes: Reed-Solomon over the field of 256 elements with the polynomial 0x11D.</summary>
internal sealed class ReedSolomon
{
    private readonly byte[] divisor;

    /// <param name="degree">How many bytes check a block.</param>
    public ReedSolomon(int degree)
    {
        divisor = new byte[degree];
        divisor[degree - 1] = 1;
        byte root = 1;
        for (var step = 0; step < degree; step++)
        {
            for (var index = 0; index < degree; index++)
            {
                divisor[index] = Multiply(divisor[index], root);
                if (index + 1 < degree)
                {
                    divisor[index] ^= divisor[index + 1];
                }
            }

            root = Multiply(root, 2);
        }
    }

    /// <summary>Returns the bytes that check a block.</summary>
    public byte[] Check(byte[] block)
    {
        var remainder = new byte[divisor.Length];
        foreach (var value in block)
        {
            var factor = (byte)(value ^ remainder[0]);
            System.Array.Copy(remainder, 1, remainder, 0, remainder.Length - 1);
            remainder[remainder.Length - 1] = 0;
            for (var index = 0; index < remainder.Length; index++)
            {
                remainder[index] ^= Multiply(divisor[index], factor);
            }
        }

        return remainder;
    }

    private static byte Multiply(byte left, byte right)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((right >> bit) & 1) * left;
        }

        return (byte)product;
    }
}

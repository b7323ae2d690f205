using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;

namespace ActionPlan.Http;

/// <summary>
/// Decimal numbers that somebody measured: exact from the request to the answer, never a binary fraction on the way, and written
/// without trailing zeros, so that 5.50 and 5.5 are one.
/// </summary>
public static class Numbers
{
    /// <summary>The largest; its negative is the smallest.</summary>
    public const double Largest = 999_999_999_999;

    const int Decimals = 6;

    /// <summary>The number without trailing zeros and without a sign on zero.</summary>
    public static decimal Plain(decimal number) => number == 0 ? 0 : number / 1.0000000000000000000000000000m;

    /// <summary>A number of at most twelve digits and six decimals.</summary>
    public static void Number<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .InclusiveBetween(-(decimal)Largest, (decimal)Largest).WithErrorCode("numberOutOfRange").WithState(_ => new object[] { Largest })
        .Must(number => number is null || decimal.Round(number.Value, Decimals) == number).WithErrorCode("tooManyDecimals").WithState(_ => new object[] { Decimals });

    /// <summary>How JSON shows and reads them.</summary>
    internal sealed class Converter : JsonConverter<decimal>
    {
        // Longer than any number that the rule lets through; what is longer would be rounded unseen.
        const int Longest = 28;

        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.Length > Longest || !reader.TryGetDecimal(out var number)) throw new JsonException();
            // 1e-99 would become nothing.
            if (number == 0 && reader.ValueSpan.ContainsAnyInRange((byte)'1', (byte)'9')) throw new JsonException();
            return Plain(number);
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(Plain(value));
    }
}

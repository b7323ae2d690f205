using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActionPlan.Data;

namespace ActionPlan.Exports;

/// <summary>One JSON array of objects that hold texts, numbers, true, false and null alone: what Power Query makes a table of as it is.</summary>
sealed class FlatFile(IBufferWriter<byte> output, ActionCells cells) : ExportFile, IDisposable
{
    readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    readonly JsonEncodedText[] names = [.. cells.Columns.Select(column => JsonEncodedText.Encode(column.Field))];
    readonly CellKind[] kinds = [.. cells.Columns.Select(column => column.Kind)];

    public override void Begin() => json.WriteStartArray();

    public override void Row(Utf8Row row)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
        {
            var value = cells[row, i];
            json.WritePropertyName(names[i]);
            if (value.IsEmpty) json.WriteNullValue();
            else if (kinds[i] is CellKind.Integer or CellKind.YesNo) json.WriteRawValue(value, skipInputValidation: true);
            else json.WriteStringValue(value);
        }

        json.WriteEndObject();
        json.Flush();
    }

    public override void End()
    {
        json.WriteEndArray();
        json.Flush();
    }

    public void Dispose() => json.Dispose();
}

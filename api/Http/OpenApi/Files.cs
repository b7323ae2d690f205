using System.Text.Json.Nodes;
using ActionPlan.Exports;
using Microsoft.OpenApi;

namespace ActionPlan.Http.OpenApi;

/// <summary>Describes the files that a list of actions may be answered as.</summary>
static class Files
{
    const string FlatItem = "FlatAction";

    /// <summary>Adds them to what the list answers.</summary>
    public static void Add(OpenApiResponse response, OpenApiDocument document)
    {
        response.Content![ExportFormat.TypeOf(ExportFormat.Flat)] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "With format=flat: all actions, each as one flat object.",
                MaxItems = int.MaxValue,
                Items = new OpenApiSchemaReference(FlatItem, document),
            },
        };
        response.Content[ExportFormat.TypeOf(ExportFormat.Csv)] = Text("With Accept: text/csv or format=csv.",
            "Nyckel;Åtgärd;Ansvarig;Sista dag\r\nsoc-2015-12;Alla nyanställda får en mentor;HR-enheten;2015-11-30\r\n");
        response.Content[ExportFormat.TypeOf(ExportFormat.Calendar)] = Text("With Accept: text/calendar or format=ics (RFC 5545).",
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Atgardsplan API//Atgardsplan//SV\r\nEND:VCALENDAR\r\n");
        response.Content[ExportFormat.TypeOf(ExportFormat.Xlsx)] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = int.MaxValue, Description = "With Accept, or format=xlsx: a workbook." },
        };
    }

    /// <summary>An action as format=flat shows it: its own properties, lists as text.</summary>
    public static OpenApiSchema Flattened(OpenApiSchema action)
    {
        var flat = (OpenApiSchema)action.CreateShallowCopy();
        flat.Description = "An action as format=flat shows it: texts, numbers, true, false and null alone. fields narrows it.";
        flat.Required = new HashSet<string> { "key" };
        flat.Properties = ActionColumns.All.Append(ActionColumns.Deleted).ToDictionary(column => column.Field, column => column.Kind == CellKind.List ? Joined(column) : action.Properties![column.Field]);
        return flat;
    }

    /// <summary>Under which name <see cref="Flattened"/> is kept.</summary>
    public static string FlattenedName => FlatItem;

    static OpenApiSchema Joined(ActionColumn column) => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        Description = $"{column.Field}, joined by semicolons; by line breaks if one of them holds a semicolon or a comma.",
        MaxLength = 50_000,
        Pattern = Any,
        Example = JsonValue.Create("Fackliga organisationer; Företagshälsovården"),
    };

    static OpenApiMediaType Text(string description, string example) => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description, MaxLength = int.MaxValue, Pattern = Any },
        Example = JsonValue.Create(example),
    };

    const string Any = @"^[\s\S]*$";
}

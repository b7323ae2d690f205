using System.Globalization;
using System.Text.Json.Nodes;
using ActionPlan.Exports;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ActionPlan.Http.OpenApi;

/// <summary>
/// Describes an operation from what it says of itself: its class is the operationId, its folder the tag, its
/// <see cref="Operation"/> the query, the body and the role; errors and headers follow from the method.
/// </summary>
sealed class OperationCompletion : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var about = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Operation>().Single();
        var method = context.ApiDescription.HttpMethod!;
        var handler = context.MethodInfo.DeclaringType!;
        var document = context.Document;

        operation.OperationId = char.ToLower(handler.Name[0], CultureInfo.InvariantCulture) + handler.Name[1..];
        operation.Tags = new HashSet<OpenApiTagReference> { new(handler.Namespace!.Split('.')[^1], document) };
        operation.Description = $"{operation.Description} {Rights(about.Role)}";
        if (about.Role is null) operation.Security = [new OpenApiSecurityRequirement(), Components.Bearer(document)];

        var path = context.ApiDescription.RelativePath!;
        operation.Parameters = [.. PathParameters(path), .. about.Query.Select(parameter => QueryParameterOf(parameter, handler, context)), .. HeadersOf(method, about, document)];
        if (about.TakesBody) operation.RequestBody = about.Body is null ? FileOf(about) : BodyOf(about, context);

        var answered = operation.Responses!.Where(r => r.Key[0] == '2').ToList();
        operation.Responses = [];
        foreach (var (status, response) in answered) operation.Responses[status] = Completed((OpenApiResponse)response, status, method, document);
        if (about.Query.Contains(ExportFormat.Parameter)) Files.Add((OpenApiResponse)operation.Responses["200"], document);
        if (method is "POST" or "PATCH" or "PUT" && !about.AnswersInFull) operation.Responses["204"] = Completed(new OpenApiResponse(), "204", method, document);
        if (method == "GET") operation.Responses["304"] = Completed(new OpenApiResponse(), "304", method, document);
        foreach (var status in Errors(method, path.Contains('{'), about))
            operation.Responses[status] = new OpenApiResponseReference("Problem" + status, document);
    }

    static string Rights(string? role) => role is null ? "Kräver ingen nyckel (needs no key)." : $"Kräver rollen {role} (needs the role {role}).";

    static IEnumerable<string> Errors(string method, bool hasPathParameter, Operation about)
    {
        yield return "400";
        yield return "401";
        yield return "403";
        if (hasPathParameter) yield return "404";
        yield return "406";
        if (method != "GET") yield return "409";
        if (method != "POST" || !about.TakesBody || about.HonoursIfMatch) yield return "412";
        if (about.TakesBody) yield return "413";
        if (about.TakesBody) yield return "415";
        if (method == "POST" || about.MediaTypes.Contains("text/csv")) yield return "422";
        yield return "429";
        yield return "500";
        yield return "503";
        if (method != "GET") yield return "507";
    }

    static IEnumerable<IOpenApiParameter> PathParameters(string path)
    {
        foreach (var name in path.Split('/').Where(part => part[0] == '{').Select(part => part.Trim('{', '}')))
            yield return Components.PathParameter(name);
    }

    static OpenApiParameter QueryParameterOf(QueryParameter parameter, Type handler, OperationFilterContext context)
    {
        var schema = new OpenApiSchema
        {
            Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Format = parameter.Format,
            Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
            Default = parameter.Default is { } value ? JsonNode.Parse(value) : null,
            Enum = parameter.Known is { } known ? [.. known.Select(word => JsonValue.Create(word))] : null,
        };
        if (parameter.Type == "string") schema.MaxLength = parameter.MaxLength;
        if (parameter.Type == "string" && schema.Enum is null && schema.Format is null) schema.Pattern = parameter.Pattern ?? SchemaCompletion.Line;

        var isList = parameter.Many || parameter.Repeats;
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Required = parameter.IsRequired,
            // In words, since Swagger UI would send an example that stands as one.
            Description = $"{parameter.Description} For example {parameter.Example}.",
            Schema = isList ? new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = 50, Items = schema.Enum is null ? schema : WordsOf(parameter, schema, handler, context) } : schema,
            Style = isList ? ParameterStyle.Form : null,
            Explode = !isList || parameter.Repeats,
        };
    }

    // By a name of their own, which whoever makes a client of the contract would have to invent: ActionStatus, FollowUpKind.
    static OpenApiSchemaReference WordsOf(QueryParameter parameter, OpenApiSchema words, Type handler, OperationFilterContext context)
    {
        var name = handler.Namespace!.Split('.')[^1].TrimEnd('s') + char.ToUpperInvariant(parameter.Name[0]) + parameter.Name[1..];
        words.Description = parameter.Description;
        words.Example = words.Enum![0].DeepClone();
        if (context.SchemaRepository.Schemas.TryGetValue(name, out var known) && !known.Enum!.Select(word => word.ToString()).SequenceEqual(words.Enum!.Select(word => word.ToString())))
            throw new InvalidOperationException($"The words of '{parameter.Name}' are not the same in all operations under {handler.Namespace}.");
        context.SchemaRepository.Schemas[name] = words;
        return new OpenApiSchemaReference(name, context.Document);
    }

    static IEnumerable<IOpenApiParameter> HeadersOf(string method, Operation about, OpenApiDocument document)
    {
        if (method == "GET") yield return new OpenApiParameterReference("IfNoneMatch", document);
        if (method != "POST" || !about.TakesBody || about.HonoursIfMatch) yield return new OpenApiParameterReference("IfMatch", document);
        if (method is "POST" or "PATCH" or "PUT" && !about.AnswersInFull) yield return new OpenApiParameterReference("Prefer", document);
        if (method == "POST") yield return new OpenApiParameterReference("IdempotencyKey", document);
        yield return new OpenApiParameterReference("AcceptLanguage", document);
        yield return new OpenApiParameterReference("Traceparent", document);
    }

    static OpenApiRequestBody BodyOf(Operation about, OperationFilterContext context)
    {
        var schema = context.SchemaGenerator.GenerateSchema(about.Body!, context.SchemaRepository);
        var isPatch = about.MediaTypes.Contains("application/merge-patch+json");
        if (schema is OpenApiSchema { Items: not null } list) list.MaxItems = Indicators.IndicatorRows.Most;
        if (isPatch) schema = Components.PatchOf(context.Document, context.SchemaRepository, about.Body!);
        return new OpenApiRequestBody
        {
            Required = true,
            Description = isPatch ? "A JSON merge patch (RFC 7396): what is absent stays, null clears." : context.ApiDescription.HttpMethod == "PUT" ? "What it is to be from now on." : "What to create.",
            Content = about.MediaTypes.ToDictionary(type => type, type => type == "text/csv" ? Rows() : new OpenApiMediaType { Schema = schema }),
        };
    }

    static OpenApiMediaType Rows() => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 1_000_000, Pattern = SchemaCompletion.Paragraphs },
        Example = "period;enhet;värde;anmärkning\r\n2015-08;Barn och ungdom;5,9;Preliminär\r\n",
    };

    // What the columns may be called is told in the handbook: people's own headings are no schema.
    static OpenApiRequestBody FileOf(Operation about) => new()
    {
        Required = true,
        Description = "The file as it is, of 20 MB at most: CSV in any of the usual encodings, a workbook, or an array of flat objects with the names of an action's properties.",
        // JSON first, since most who make a client of the contract take the first.
        Content = about.MediaTypes.OrderBy(type => type != "application/json").ToDictionary(type => type, type => type switch
        {
            "application/json" => new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    MaxItems = Imports.Table.MostRows,
                    Items = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        MaxProperties = 500,
                        // Without a type, since of several each maker of clients takes one.
                        AdditionalProperties = new OpenApiSchema { Description = "Text, a number, true, false, null or a list of texts, by the name of the property or a heading." },
                    },
                },
                Example = new JsonArray(new JsonObject { ["externalId"] = "17", ["title"] = "Alla nyanställda får en mentor", ["owner"] = "HR-enheten", ["deadline"] = "hösten 2026", ["status"] = "pågår" }),
            },
            "text/csv" => new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 20_971_520, Pattern = SchemaCompletion.Paragraphs },
                Example = "Nr;Åtgärd;Ansvarig;Klart senast;Status\r\n17;Alla nyanställda får en mentor;HR-enheten;hösten 2026;Pågår\r\n",
            },
            _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = 20_971_520 }, Example = "PK…" },
        }),
    };

    static OpenApiResponse Completed(OpenApiResponse response, string status, string method, OpenApiDocument document)
    {
        response.Description = status switch
        {
            "200" => method == "GET" ? "What was asked for." : "The resource as it stands now.",
            "201" => "Created; the whole resource.",
            "202" => "Accepted; it is done within seconds, and Location shows what came of it.",
            "304" => "Not modified: the client holds it.",
            _ => method == "DELETE" ? "Done." : "Done; Prefer: return=minimal asked for no body.",
        };
        string[] headers =
        [
            "Traceparent", "RateLimit", "RateLimit-Policy",
            .. status != "204" || method != "DELETE" ? ["ETag"] : Array.Empty<string>(),
            .. method == "GET" ? ["Cache-Control"] : Array.Empty<string>(),
            .. status is "201" or "202" || (status == "204" && method is "POST" or "PUT") ? ["Location"] : Array.Empty<string>(),
            .. method == "POST" ? ["Idempotency-Replayed"] : Array.Empty<string>(),
        ];
        response.Headers = headers.ToDictionary(h => h == "Traceparent" ? "traceparent" : h, IOpenApiHeader (h) => new OpenApiHeaderReference(h.Replace("-", ""), document));
        return response;
    }
}

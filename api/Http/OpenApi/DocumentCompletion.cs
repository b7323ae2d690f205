using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ActionPlan.Http.OpenApi;

/// <summary>Completes the document as a whole: relative paths, shared parts, tags, an example for every body.</summary>
sealed class DocumentCompletion : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal)) paths[path[Settings.BasePath.Length..]] = item;
        document.Paths = paths;

        context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository);
        document.ExternalDocs = new OpenApiExternalDocs { Description = "Handledning (README)", Url = new Uri(OpenApiDocumentation.PlaceholderHost + "/handledning") };
        document.Components ??= new OpenApiComponents();
        document.Components.Parameters = Components.Parameters;
        document.Components.Headers = Components.Headers;
        document.Components.Responses = Components.Problems(document);
        document.Components.SecuritySchemes = Components.SecuritySchemes;
        document.Security = [Components.Bearer(document)];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));

        context.SchemaRepository.Schemas["Links"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What the caller may do next, by relation: self where it has an address of its own, and IANA's names where they exist.",
            MaxProperties = 50,
            AdditionalProperties = new OpenApiSchemaReference("Link"),
            Example = new JsonObject { ["self"] = Example(new OpenApiSchemaReference("Link"), context.SchemaRepository, isRequest: false) },
        };
        // Each by its name: beside a relation that may be lacking, none that is not named could have a type (TypeScript).
        context.SchemaRepository.Schemas["PageLinks"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "This page, its neighbours, and what else one may do with the list.",
            Required = new HashSet<string> { "self" },
            Properties = ((string[])["self", "first", "prev", "next", "last", "up", "create"]).ToDictionary(relation => relation, IOpenApiSchema (_) => new OpenApiSchemaReference("Link")),
            AdditionalPropertiesAllowed = false,
        };
        NarrowItems(context.SchemaRepository, "Action");
        NarrowItems(context.SchemaRepository, "Indicator");
        // Told in place wherever they stand.
        foreach (var part in typeof(IPart).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IPart)))) context.SchemaRepository.Schemas.Remove(OpenApiDocumentation.SchemaName(part));
        context.SchemaRepository.Schemas[Files.FlattenedName] = Files.Flattened((OpenApiSchema)context.SchemaRepository.Schemas["Action"]);
        foreach (var operation in document.Paths.Values.SelectMany(item => item.Operations!.Values))
        {
            foreach (var media in operation.Responses!.Values.OfType<OpenApiResponse>().SelectMany(r => r.Content?.Values ?? []).Concat(operation.RequestBody?.Content?.Values ?? []))
                if (media is OpenApiMediaType { Schema: not null } body) body.Example ??= Example(body.Schema, context.SchemaRepository, operation.RequestBody?.Content?.Values.Contains(media) == true);
        }
    }

    static readonly (string Name, string Description)[] Tags =
    [
        ("Actions", "Åtgärder: vad som ska göras, av vem och till när (what is to be done)."),
        ("ApiKeys", "Nycklar till tjänsten (keys to the service)."),
        ("CalendarFeeds", "Kalendrar att prenumerera på (calendars to subscribe to)."),
        ("Changes", "Ändringar: historik, spårbarhet och flöde (history, audit trail and feed)."),
        ("Deadlines", "Hur en tidpunkt läses (how the wording of a deadline is read)."),
        ("Decisions", "Beslut om förslag och försök (decisions on proposals and trials)."),
        ("Departments", "Förvaltningar (departments)."),
        ("FocusAreas", "Frågeområden: planens avsnitt (a plan's sections)."),
        ("FollowUps", "Uppföljningar, kontroller och utvärderingar (follow-ups, checks and evaluations)."),
        ("Imports", "Import från CSV, Excel och JSON (import)."),
        ("Indicators", "Nyckeltal och deras värden period för period (indicators and their values)."),
        ("Measures", "Katalogen med 101 insatser (the catalogue of measures)."),
        ("Meta", "Fakta om API:et och om den som frågar (about the API and the caller)."),
        ("Owners", "Ansvariga, och överlämning från en till en annan (owners and hand-overs)."),
        ("Plans", "Åtgärdsplaner (action plans)."),
        ("Webhooks", "Utgående händelser, signerade (outgoing events, signed)."),
    ];

    // fields= leaves properties out, so in a list only the key is certain.
    static void NarrowItems(SchemaRepository repository, string name)
    {
        var item = (OpenApiSchema)repository.Schemas[name].CreateShallowCopy();
        item.Required = new HashSet<string> { "key" };
        item.Description += " In a list, fields narrows it.";
        repository.Schemas[name + "Item"] = item;
        var items = (OpenApiSchema)((OpenApiSchema)repository.Schemas[name + "List"]).Properties!["items"];
        items.Items = new OpenApiSchemaReference(name + "Item", null);
    }

    // Made of the properties' own examples. A request shows what one would send, not every property there is.
    static JsonNode? Example(IOpenApiSchema schema, SchemaRepository repository, bool isRequest)
    {
        if (schema is OpenApiSchemaReference reference) return Example(repository.Schemas[reference.Reference.Id!], repository, isRequest);
        if (schema.Example is { } example) return example.DeepClone();
        if (schema.Items is { } items) return new JsonArray(Example(items, repository, isRequest));
        if (schema.Properties is not { Count: > 0 } properties) return schema.Enum?.FirstOrDefault()?.DeepClone();

        var names = isRequest && properties.Count > 10
            ? properties.Where(p => schema.Required?.Contains(p.Key) == true || p.Key is "title" or "status" or "owner" or "dueDate")
            : properties;
        return new JsonObject(names.Where(p => p.Key != "secret" || !isRequest).Select(p => KeyValuePair.Create(p.Key, Example(p.Value, repository, isRequest))));
    }
}

using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ActionPlan.Http.OpenApi;

/// <summary>The parts of the contract that every operation refers to: headers, problems, keys in paths.</summary>
static class Components
{
    const string KeyPattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    public static OpenApiSecurityRequirement Bearer(OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] };

    public static IDictionary<string, IOpenApiSecurityScheme> SecuritySchemes => new Dictionary<string, IOpenApiSecurityScheme>
    {
        ["bearer"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key of this service: Authorization: Bearer ap_… (RFC 6750; the scheme is also used for tokens per RFC 8725).",
        },
    };

    public static IDictionary<string, IOpenApiParameter> Parameters => new Dictionary<string, IOpenApiParameter>
    {
        ["IfMatch"] = Header("If-Match", "Only if the resource still has this ETag; else 412.", 1000),
        ["IfNoneMatch"] = Header("If-None-Match", "Only if the resource has another ETag; else 304.", 1000),
        ["Prefer"] = Header("Prefer", "return=minimal answers 204 without a body (RFC 7240).", 200),
        ["IdempotencyKey"] = Header("Idempotency-Key",
            "Makes the request safe to send again: for 24 hours the same key with the same request answers the first response again, without secrets; "
            + "with another request it is a 422. One that comes while the first is running waits for its answer. An error is not kept.", 255, "^[ -~]+$"),
        ["AcceptLanguage"] = Header("Accept-Language", "sv (default) or en: the language of messages.", 200),
        ["Traceparent"] = Header("traceparent", "The caller's trace (W3C Trace Context); it is continued.", 55, TraceparentPattern),
    };

    public static IDictionary<string, IOpenApiHeader> Headers => new Dictionary<string, IOpenApiHeader>
    {
        ["Traceparent"] = Answer("The trace under which the log holds more (W3C Trace Context).", TraceparentExample, 55, TraceparentPattern),
        ["ETag"] = Answer("Names this representation; for If-None-Match, and on a resource for If-Match.", "\"3-5d41402abc4b\"", 200),
        ["CacheControl"] = Answer("private, no-cache: may be kept, must be asked about.", "private, no-cache", 100),
        ["Location"] = Answer("Absolute address of what was created.", OpenApiDocumentation.PlaceholderHost + "/action-plan/v1/actions/soc-2015-12", 4000, format: "uri"),
        ["IdempotencyReplayed"] = Answer("true: the first response to this request, given again.", "true", 4, "^true$"),
        ["RateLimit"] = Answer("Requests left in this minute.", "\"default\";r=5999", 100),
        ["RateLimitPolicy"] = Answer("Requests per minute and key.", "\"default\";q=6000;w=60", 100),
        ["WWWAuthenticate"] = Answer("How to identify oneself (RFC 6750).", "Bearer", 200),
        ["RetryAfter"] = new OpenApiHeader
        {
            Description = "Seconds to wait.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "86400" },
            Example = 2,
        },
    };

    /// <summary>One response for each error status, all problem+json.</summary>
    public static IDictionary<string, IOpenApiResponse> Problems(OpenApiDocument document) => new (string Status, string Code, string Description)[]
    {
        ("400", "invalid-input", "The input is faulty; errors tells every fault."),
        ("401", "unauthorized", "No key, or none that works."),
        ("403", "forbidden", "The key lacks the role or the department; detail names it."),
        ("404", "not-found", "There is no such thing, or none that the key may see."),
        ("406", "not-acceptable", "The answer is not available in an accepted format."),
        ("409", "status-not-allowed", "The state forbids it: a taken key, a forbidden move, a closed plan, content that would go too."),
        ("412", "stale", "If-Match names an older version; currentVersion tells which there is."),
        ("413", "too-large", "The body is larger than 1 MB, or than 20 MB of an import."),
        ("415", "unsupported-media-type", "The body's media type cannot be read; detail names those that can."),
        ("422", "idempotency-key-reused", "The Idempotency-Key has been used for another request within 24 hours, or rows of an import cannot be taken; errors tells every fault."),
        ("429", "rate-limited", "Too many requests in this minute."),
        ("500", "internal", "A fault of the service; nothing was stored."),
        ("503", "unavailable", "The database does not answer just now; nothing was stored."),
        ("507", "disk-full", "The disk is full; nothing was stored, reading works."),
    }.ToDictionary(p => "Problem" + p.Status, IOpenApiResponse (p) => Problem(document, p.Status, p.Code, p.Description));

    /// <summary>A parameter in a path, by its name.</summary>
    public static OpenApiParameter PathParameter(string name) => name switch
    {
        "number" => Path(name, "Number in the catalogue.", 80, new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "10000" }),
        "key" => Path(name, "The key's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "calendarFeed" => Path(name, "The feed's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "webhook" => Path(name, "The webhook's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "delivery" => Path(name, "The delivery's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "followUp" => Path(name, "The follow-up's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "decision" => Path(name, "The decision's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "presentation" => Path(name, "The presentation's id.", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
        "action" => Path(name, "The action's key: the plan's key and the number there.", "soc-2015-12", Key(80)),
        "plan" => Path(name, "The plan's key.", "soc-2015", Key(60)),
        "department" => Path(name, "The department's key.", "soc", Key(40)),
        "indicator" => Path(name, "The indicator's key.", "soc-korttidssjukfranvaro", Key(60)),
        "period" => Path(name, "The period, as the indicator's interval has it: 2015-08, 2015-Q3, 2015-T2 or 2015.", "2015-08",
            new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Indicators.ReportingPeriod.MaxLength, Pattern = Indicators.ReportingPeriod.Pattern }),
        "focusArea" => Path(name, "The focus area's key.", "personalomsattning", Key(60)),
        _ => throw new InvalidOperationException($"The path parameter '{name}' has no description."),
    };

    /// <summary>The schema of a merge patch: the input's, but nothing is required and everything that may be empty may be null.</summary>
    public static IOpenApiSchema PatchOf(OpenApiDocument document, SchemaRepository repository, Type input)
    {
        var name = OpenApiDocumentation.SchemaName(input);
        var patch = name.Replace("Input", "Patch");
        if (!repository.Schemas.ContainsKey(patch))
        {
            var copy = (OpenApiSchema)repository.Schemas[name].CreateShallowCopy();
            copy.Required = null;
            copy.Properties = copy.Properties!
                .Where(p => input.GetProperties().All(own => !own.IsDefined(typeof(OnlyAtCreationAttribute), false) || !own.Name.Equals(p.Key, StringComparison.OrdinalIgnoreCase)))
                .ToDictionary(p => p.Key, p => InPart(p.Value));
            copy.Description = $"{copy.Description} As a merge patch: what is absent stays, null clears.";
            repository.Schemas[patch] = copy;
        }

        return new OpenApiSchemaReference(patch, document);
    }

    static IOpenApiSchema InPart(IOpenApiSchema property)
    {
        if (property is not OpenApiSchema { Required.Count: > 0 }) return property;
        var part = (OpenApiSchema)property.CreateShallowCopy();
        part.Required = null;
        return part;
    }

    const string TraceparentExample = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const string TraceparentPattern = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";

    static OpenApiSchema Key(int max) => new() { Type = JsonSchemaType.String, MaxLength = max, Pattern = KeyPattern };

    static OpenApiParameter Path(string name, string description, JsonNode example, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Path, Required = true, Description = description, Schema = schema, Example = example };

    static OpenApiParameter Header(string name, string description, int max, string pattern = SchemaCompletion.Line) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = Text(max, pattern) };

    static OpenApiHeader Answer(string description, string example, int max, string pattern = SchemaCompletion.Line, string? format = null) =>
        new() { Description = description, Schema = format is null ? Text(max, pattern) : new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = max, Format = format }, Example = example };

    static OpenApiSchema Text(int max, string pattern) => new() { Type = JsonSchemaType.String, MaxLength = max, Pattern = pattern };

    static OpenApiResponse Problem(OpenApiDocument document, string status, string code, string description)
    {
        string[] headers = ["traceparent", "RateLimit", "RateLimit-Policy", .. status is "429" or "503" ? ["Retry-After"] : Array.Empty<string>(), .. status == "401" ? ["WWW-Authenticate"] : Array.Empty<string>()];
        return new OpenApiResponse
        {
            Description = description,
            Headers = headers.ToDictionary(h => h, IOpenApiHeader (h) => new OpenApiHeaderReference(h == "traceparent" ? "Traceparent" : h.Replace("-", ""), document)),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("Problem", document),
                    Example = new JsonObject
                    {
                        ["type"] = "urn:action-plan:problem:" + code,
                        ["title"] = Language.Text.Of("Title." + code),
                        ["status"] = int.Parse(status),
                        ["detail"] = description,
                        ["instance"] = "/action-plan/v1/actions/soc-2015-12",
                        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
                    },
                },
            },
        };
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Http;

/// <summary>What an endpoint says of itself beside its signature.</summary>
public sealed class Operation
{
    /// <summary>The role it needs, or null for everyone.</summary>
    public string? Role { get; set; }

    /// <summary>True if its answer is shown once, so that Prefer: return=minimal must not swallow it.</summary>
    public bool AnswersInFull { get; set; }

    /// <summary>True if it honours If-Match although it creates: what it creates changes a resource that has a version.</summary>
    public bool HonoursIfMatch { get; set; }

    /// <summary>True if it may write for long, so that no other is to be committed with it.</summary>
    public bool IsLong { get; set; }

    /// <summary>The query parameters it knows.</summary>
    public List<QueryParameter> Query { get; } = [];

    /// <summary>The media types it answers with, the usual one first.</summary>
    public IReadOnlyList<string> Answers { get; set; } = ["application/json"];

    /// <summary>The type of the body it takes, or null.</summary>
    public Type? Body { get; set; }

    /// <summary>The media types of the body.</summary>
    public IReadOnlyList<string> MediaTypes { get; set; } = [];

    /// <summary>True if it takes a body.</summary>
    public bool TakesBody => MediaTypes.Count > 0;
}

/// <summary>The words in which endpoints are configured.</summary>
public static class Endpoints
{
    static readonly Dictionary<string, AuthorizationPolicy> Policies = Role.All.ToDictionary(role => role, role =>
        new AuthorizationPolicyBuilder().RequireRole(Role.All.Where(has => Role.Includes(has, role))).Build());

    /// <summary>The group that every endpoint of the contract lies in: its address, and what is the same for all of them.</summary>
    public static RouteGroupBuilder MapContract(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Settings.BasePath).DeniesByDefault();
        api.AddEndpointFilter(RequestFilter.InvokeAsync);
        return api;
    }

    /// <summary>Lets no one in to an endpoint that says nothing of roles.</summary>
    public static RouteGroupBuilder DeniesByDefault(this RouteGroupBuilder group) =>
        group.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAssertion(context =>
            context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Role is not null).Build());

    /// <summary>Says what the operation does, for openapi.json.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description) =>
        endpoint.WithSummary(summary).WithDescription(description);

    /// <summary>Lets in keys that have <paramref name="role"/>.</summary>
    public static RouteHandlerBuilder Requires(this RouteHandlerBuilder endpoint, string role) =>
        endpoint.RequireAuthorization(Policies[role]).With(operation => operation.Role = role);

    /// <summary>Lets everyone in.</summary>
    public static RouteHandlerBuilder AllowsEveryone(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().With(_ => { });

    /// <summary>Takes these query parameters; all others are refused.</summary>
    public static RouteHandlerBuilder Query(this RouteHandlerBuilder endpoint, params IEnumerable<QueryParameter> parameters) =>
        endpoint.With(operation => operation.Query.AddRange(parameters));

    /// <summary>Answers with these media types beside JSON.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, params IEnumerable<string> mediaTypes) =>
        endpoint.With(operation => operation.Answers = [.. operation.Answers, .. mediaTypes]);

    /// <summary>Takes a JSON body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.With(operation =>
    {
        operation.Body = typeof(T);
        operation.MediaTypes = ["application/json"];
    });

    /// <summary>Takes rows, as a JSON array or as CSV, and may keep the writer for long.</summary>
    public static RouteHandlerBuilder TakesRows<T>(this RouteHandlerBuilder endpoint) => endpoint.With(operation =>
    {
        operation.Body = typeof(IReadOnlyList<T>);
        operation.MediaTypes = ["application/json", "text/csv"];
        operation.AnswersInFull = true;
        operation.IsLong = true;
    });

    /// <summary>Takes a file with rows, and may keep the writer for long.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint) => endpoint.With(operation =>
    {
        operation.MediaTypes = Imports.ImportFile.MediaTypes;
        operation.AnswersInFull = true;
        operation.IsLong = true;
    });

    /// <summary>Takes a JSON merge patch (RFC 7396).</summary>
    public static RouteHandlerBuilder Merges<T>(this RouteHandlerBuilder endpoint) => endpoint.With(operation =>
    {
        operation.Body = typeof(T);
        operation.MediaTypes = ["application/json", "application/merge-patch+json"];
    });

    /// <summary>Answers in full even when the client prefers otherwise.</summary>
    public static RouteHandlerBuilder AnswersInFull(this RouteHandlerBuilder endpoint) => endpoint.With(operation => operation.AnswersInFull = true);

    /// <summary>Honours If-Match although it creates.</summary>
    public static RouteHandlerBuilder HonoursIfMatch(this RouteHandlerBuilder endpoint) => endpoint.With(operation => operation.HonoursIfMatch = true);

    static RouteHandlerBuilder With(this RouteHandlerBuilder endpoint, Action<Operation> set)
    {
        endpoint.Add(builder =>
        {
            var operation = builder.Metadata.OfType<Operation>().FirstOrDefault();
            if (operation is null) builder.Metadata.Add(operation = new Operation());
            set(operation);
        });
        return endpoint;
    }

    /// <summary>Which of the offered media types the client likes best, or null if it takes none (RFC 9110, 12.5.1).</summary>
    public static string? Preferred(this HttpRequest request, IReadOnlyList<string> offered)
    {
        // What cannot be read is no wish (RFC 9110, 12.5.1, lets a server disregard it).
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) || accepted.Count == 0) return offered[0];

        return offered
            .Select(type => (Type: type, Range: Fitting(type, accepted)))
            .Where(offer => offer.Range is not null and not { Quality: 0 })
            // What is named comes before what merely fits: "text/csv, */*" asks for CSV.
            .OrderByDescending(offer => offer.Range!.Quality ?? 1).ThenByDescending(offer => Precision(offer.Range!)).ThenBy(offer => accepted.IndexOf(offer.Range!))
            .Select(offer => offer.Type).FirstOrDefault();
    }

    // The most specific range decides: "application/json;q=0, */*" is a no.
    static MediaTypeHeaderValue? Fitting(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var offered = new MediaTypeHeaderValue(type);
        return accepted.Where(range => offered.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType))).MaxBy(Precision);
    }

    static int Precision(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}

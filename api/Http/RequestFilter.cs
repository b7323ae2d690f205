using System.Security.Cryptography;
using System.Text.Json;
using ActionPlan.Data;
using ActionPlan.Exports;

namespace ActionPlan.Http;

/// <summary>
/// What every operation has in common, in order: refuse what is faulty, open the transaction, run the handler, keep
/// what it wrote only if it answers below 400, and dress the resource it returns (links, ETag, Location, Prefer).
/// </summary>
static class RequestFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!CanAnswer(http.Request, http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>())) return Problem.Of(StatusCodes.Status406NotAcceptable);
        if (Refuse(context) is { } problem) return problem;

        var db = context.Arguments.OfType<Db>().SingleOrDefault();
        foreach (var argument in context.Arguments.OfType<IPrepared>())
            if (await argument.PrepareAsync(http, db!) is { } refusal) return refusal;

        // What is to be answered again is dressed in its transaction, which stores it; all else after, when no one waits.
        var isOnce = Idempotency.IsAsked(http.Request);
        var result = HttpMethods.IsGet(http.Request.Method)
            ? await next(context)
            : await db!.WriteAsync(Caller.Of(http).Name,
                () => isOnce ? Idempotency.OnceAsync(http, db, async () => Dress(http, await next(context))) : next(context).AsTask(), HasWritten,
                http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>().IsLong);

        // All has been read; a client that takes its time must not hold a connection meanwhile.
        if (db is not null) await db.DisposeAsync();
        return isOnce ? result : Dress(http, result);
    }

    // A format that is named goes before the header, which not every client can set.
    static bool CanAnswer(HttpRequest request, Operation operation) =>
        (operation.Query.Contains(ExportFormat.Parameter) && request.Query.ContainsKey(ExportFormat.Parameter.Name)) || request.Preferred(operation.Answers) is not null;

    /// <summary>What is wrong with a request, whatever it asks to be answered in.</summary>
    public static Problem? Refuse(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var faults = Faults.Of(http);
        var operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();

        // Keys are a–z, 0–9 and hyphens: whatever else stands in the path names nothing.
        if (http.Request.RouteValues.Values.Any(v => v is string key && !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            return Problem.Of(StatusCodes.Status404NotFound);
        if (faults.Refusal is not null) return faults.Refusal;

        foreach (var name in http.Request.Query.Keys.Where(name => operation.Query.All(p => p.Name != name)))
            faults.AddParameter(name, "unknownParameter", operation.Query.Count == 0 ? "–" : string.Join(", ", operation.Query.Select(p => p.Name)));

        Idempotency.Check(http.Request, faults);

        // Of a body that could not be read nobody knows what it lacks.
        if (faults.All(f => f.Pointer is not ""))
            foreach (var body in context.Arguments.OfType<IBody>()) body.Check(faults);
        // A handler that takes the faults adds its own and answers them all at once, if there is something to look at.
        var goesOn = context.Arguments.OfType<Faults>().Any() && faults.All(f => f.Pointer is { Length: > 0 });
        return faults.Count == 0 || goesOn ? null : Problem.Invalid(faults);
    }

    /// <summary>True if a handler's result says that it did what it was asked to: only then what it wrote stays.</summary>
    public static bool HasWritten(object? result) => Unwrap(result) is not (Replay or IStatusCodeHttpResult { StatusCode: >= 400 });

    static object? Unwrap(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        return result;
    }

    static IResult Dress(HttpContext http, object? result) =>
        Unwrap(result) is IValueHttpResult { Value: Resource resource } shown ? Dress(http, (IResult)shown, resource) : (IResult)Unwrap(result)!;

    static IResult Dress(HttpContext http, IResult result, Resource resource)
    {
        var caller = Caller.Of(http);
        if (HttpMethods.IsGet(http.Request.Method) && resource is VersionedResource read && caller.Stale(read) is { } stale) return stale;
        resource.Show(caller);

        var tag = caller.Tag(resource is VersionedResource versioned ? versioned.Version : Digest(resource), resource.AlsoDependsOn());
        if (HttpMethods.IsGet(http.Request.Method) && caller.Holds(tag)) return new NotModified(tag);

        http.Response.Headers.ETag = tag;
        if (result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status201Created or StatusCodes.Status202Accepted }) http.Response.Headers.Location = resource.Links!["self"].Href;
        var answersInFull = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>().AnswersInFull;
        if (HttpMethods.IsGet(http.Request.Method) || answersInFull || !WantsMinimal(http.Request)) return result;

        http.Response.Headers["Preference-Applied"] = "return=minimal";
        return TypedResults.NoContent();
    }

    static bool WantsMinimal(HttpRequest request) => request.Headers["Prefer"].SelectMany(v => v!.Split(','))
        .Any(v => v.Split(';')[0].Replace(" ", "").Replace("\"", "").Equals("return=minimal", StringComparison.OrdinalIgnoreCase));

    static string Digest(Resource resource)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), Json.State);
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
    }
}

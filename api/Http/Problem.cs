using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Serialization;
using ActionPlan.Data;
using ActionPlan.Language;
using ActionPlan.Pages;

namespace ActionPlan.Http;

/// <summary>The body of every answer from 400 up (RFC 9457).</summary>
public sealed class ProblemBody
{
    /// <summary>Which problem; never changes with the language.</summary>
    /// <example>urn:action-plan:problem:invalid-input</example>
    [MaxLength(200)]
    public required string Type { get; init; }

    /// <summary>The problem in a few words, in the language of the request.</summary>
    /// <example>Felaktig indata</example>
    [MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    /// <example>400</example>
    [Range(400, 599)]
    public required int Status { get; init; }

    /// <summary>What happened and what to do, in the language of the request.</summary>
    /// <example>Anropet har 1 fel. Rätta det och försök igen.</example>
    [MaxLength(4000)]
    public required string Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    /// <example>/action-plan/v1/plans/soc-2015/actions</example>
    [MaxLength(20000)]
    public required string Instance { get; init; }

    /// <summary>The trace (W3C Trace Context) under which the service's log holds more.</summary>
    /// <example>4bf92f3577b34da6a3ce929d0e0e4736</example>
    [MaxLength(32)]
    public required string TraceId { get; init; }

    /// <summary>For faulty input: every fault.</summary>
    [MaxLength(Faults.Most), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Errors { get; init; }

    /// <summary>For a forbidden move: the statuses that the action may get now.</summary>
    /// <example>["inProgress", "paused", "done", "cancelled"]</example>
    [MaxLength(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AllowedStatuses { get; init; }

    /// <summary>For a decision that the action's state does not allow: those it does.</summary>
    /// <example>["carryOn", "widen", "stop"]</example>
    [MaxLength(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AllowedOutcomes { get; init; }

    /// <summary>For a stale <c>If-Match</c>: the version there is.</summary>
    /// <example>4</example>
    [Range(1, int.MaxValue), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CurrentVersion { get; init; }

    /// <summary>For an import that was refused: what it would have done, and the rows that stop it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Imports.ImportResponse? Import { get; init; }
}

/// <summary>An answer that says what went wrong. Type and title follow from the code, the detail is made where the problem is.</summary>
public sealed class Problem(int status, string code, string detail) : IResult, IStatusCodeHttpResult
{
    IReadOnlyList<Fault>? errors;
    IReadOnlyList<string>? allowedStatuses;
    IReadOnlyList<string>? allowedOutcomes;
    int? currentVersion;
    int? retryAfter;
    Imports.ImportResponse? import;

    /// <inheritdoc />
    public int? StatusCode => status;

    /// <summary>400: the input is faulty.</summary>
    public static Problem Invalid(IReadOnlyList<Fault> faults) =>
        new(400, "invalid-input", Text.Of(faults.Count == 1 ? "Detail.invalid-one" : "Detail.invalid-many", faults.Count)) { errors = faults };

    /// <summary>400 with a single fault of the body.</summary>
    public static Problem Invalid(string pointer, string code, params object?[] values)
    {
        var faults = new Faults();
        faults.AddAt(pointer, code, values);
        return Invalid(faults);
    }

    /// <summary>400 for a header that cannot be read; told where query parameters are.</summary>
    public static Problem InvalidHeader(string name, string code, params object?[] values)
    {
        var faults = new Faults();
        faults.AddParameter(name, code, values);
        return Invalid(faults);
    }

    /// <summary>403: another role is needed.</summary>
    public static Problem RoleMissing(string needed, string has) => new(403, "forbidden", Text.Of("Detail.role-missing", needed, has));

    /// <summary>403: a form of the pages was sent from somebody else's.</summary>
    public static Problem ForeignForm() => new(403, "forbidden", Text.Of("Detail.foreign-form"));

    /// <summary>403: the key is bound to a department, and this lies outside it.</summary>
    public static Problem DepartmentMissing(string needed, string scope) => new(403, "forbidden", Text.Of("Detail.department-missing", needed, scope));

    /// <summary>404: there is no such resource, or none that the caller may see.</summary>
    public static Problem NotFound(string resource, string key) =>
        new(404, "not-found", Text.Of("Detail.not-found-resource", Text.Of("Resource." + resource), key));

    /// <summary>409: the key is taken.</summary>
    public static Problem KeyTaken(string key) => new(409, "key-taken", Text.Of("Detail.key-taken", key));

    /// <summary>409: the move is not among those the status allows.</summary>
    public static Problem MoveNotAllowed(string from, string to, IReadOnlyList<string> allowed) =>
        new(409, "status-not-allowed", Text.Of("Detail.status-not-allowed", from, to, string.Join(", ", allowed))) { allowedStatuses = allowed };

    /// <summary>409: the action's state does not allow the decision.</summary>
    public static Problem OutcomeNotAllowed(string action, string outcome, IReadOnlyList<string> allowed) =>
        new(409, "outcome-not-allowed", Text.Of("Detail.outcome-not-allowed", action, outcome, allowed.Count == 0 ? "–" : string.Join(", ", allowed))) { allowedOutcomes = allowed };

    /// <summary>409: a closed plan takes follow-ups only.</summary>
    public static Problem PlanClosed(string plan) => new(409, "plan-closed", Text.Of("Detail.plan-closed", plan));

    /// <summary>409: there is content that would go with it.</summary>
    public static Problem HasContent(string key, string content) => new(409, "has-content", Text.Of("Detail.has-content", key, content));

    /// <summary>409: the state forbids it, for a reason with a message of its own.</summary>
    public static Problem Conflict(string code, params object?[] values) => new(409, code, Text.Of("Detail." + code, values));

    /// <summary>412: the resource has changed since the client read it.</summary>
    public static Problem Stale(int currentVersion) =>
        new(412, "stale", Text.Of("Detail.stale", currentVersion)) { currentVersion = currentVersion };

    /// <summary>422: the idempotency key has been used for another request.</summary>
    public static Problem KeyReused(string key) => new(422, "idempotency-key-reused", Text.Of("Detail.idempotency-key-reused", key));

    /// <summary>413: the body is larger than the operation takes.</summary>
    public static Problem TooLarge(int megabytes) => new(413, "too-large", Text.Of("Detail.too-large", megabytes));

    /// <summary>422: some rows of a file cannot be taken, so none was.</summary>
    public static Problem ImportRefused(IReadOnlyList<Fault> faults, Imports.ImportResponse import) =>
        new(422, "import-refused", import.Failed == 0 ? Text.Of("Detail.headings-refused", faults.Count) : Text.Of("Detail.import-refused", faults.Count, import.Failed)) { errors = [.. faults.Take(Faults.Most)], import = import };

    /// <summary>422: some rows cannot be taken, so none was.</summary>
    public static Problem RowsRefused(IReadOnlyList<Fault> faults) =>
        new(422, "import-refused", Text.Of("Detail.import-refused", faults.Count, faults.Select(fault => fault.Row).Distinct().Count())) { errors = faults };

    /// <summary>415: names the media types that work.</summary>
    public static Problem UnsupportedMediaType(string? sent, IEnumerable<string> works) => new(415, "unsupported-media-type",
        Text.Of("Detail.unsupported-media-type", string.IsNullOrEmpty(sent) ? "–" : sent, string.Join(", ", works)));

    /// <summary>429: too many requests in this minute.</summary>
    public static Problem RateLimited(int limit, int seconds) =>
        new(429, "rate-limited", Text.Of("Detail.rate-limited", limit, seconds)) { retryAfter = seconds };

    /// <summary>503 or 507: the database failed, nothing was stored; or nobody can tell for now.</summary>
    public static Problem Of(DatabaseFaultException fault) => fault switch
    {
        { IsFull: true } => new Problem(507, "disk-full", Text.Of("Detail.disk-full")),
        { IsInDoubt: true } => new Problem(503, "in-doubt", Text.Of("Detail.in-doubt")) { retryAfter = 10 },
        _ => new Problem(503, "unavailable", Text.Of("Detail.unavailable")) { retryAfter = 2 },
    };

    /// <summary>The problem for a status that the framework, not an endpoint, has decided.</summary>
    public static Problem Of(int status) => status switch
    {
        401 => new(status, "unauthorized", Text.Of("Detail.unauthorized")),
        404 => new(status, "not-found", Text.Of("Detail.not-found")),
        412 => new(status, "stale", Text.Of("Detail.stale-document")),
        405 => new(status, "method-not-allowed", Text.Of("Detail.method-not-allowed")),
        406 => new(status, "not-acceptable", Text.Of("Detail.not-acceptable")),
        413 => TooLarge(1),
        415 => new(status, "unsupported-media-type", Text.Of("Detail.unsupported-media-type", "–", "application/json")),
        >= 500 => new(status, "internal", Text.Of("Detail.internal")),
        _ => new(status, "invalid-input", Text.Of("Detail.bad-request")),
    };

    /// <summary>Writes the answer as <c>application/problem+json</c>, whatever the client accepts: an error must be readable. Outside the contract a browser gets a page.</summary>
    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString();
        var body = new ProblemBody
        {
            Type = "urn:action-plan:problem:" + code,
            Title = Text.Of("Title." + code),
            Status = status,
            Detail = Text.Cut(detail, 4000),
            Instance = http.Request.PathBase + http.Request.Path,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
            Errors = errors,
            AllowedStatuses = allowedStatuses,
            AllowedOutcomes = allowedOutcomes,
            CurrentVersion = currentVersion,
            Import = import,
        };
        return View.IsWanted(http) ? new View<ProblemView>(body, status).ExecuteAsync(http) : http.Response.WriteAsJsonAsync(body, Json.Options, "application/problem+json");
    }
}

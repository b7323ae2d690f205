namespace ActionPlan.Http;

/// <summary>304: the client holds what it would get (RFC 9110, 15.4.5).</summary>
public sealed class NotModified(string tag) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc />
    public int? StatusCode => StatusCodes.Status304NotModified;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        http.Response.Headers.ETag = tag;
        return Task.CompletedTask;
    }
}

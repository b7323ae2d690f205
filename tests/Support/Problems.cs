using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Support;

/// <summary>What must be true of every answer from 400 up.</summary>
public static partial class Problems
{
    /// <summary>Checks that the answer is this problem, complete, traceable, and silent about the inside; returns it.</summary>
    public static JsonNode MustBeProblem(this Answer answer, int status, string? code = null)
    {
        Assert.True(answer.Status == status, $"Expected {status}, got {answer.Status}: {answer.Text}");
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);

        var problem = answer.Json;
        Assert.Equal(["type", "title", "status", "detail", "instance", "traceId"], problem.AsObject().Take(6).Select(p => p.Key));
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.StartsWith("urn:action-plan:problem:", problem["type"]!.ToString(), StringComparison.Ordinal);
        if (code is not null) Assert.Equal("urn:action-plan:problem:" + code, problem["type"]!.ToString());
        Assert.InRange(problem["title"]!.ToString().Length, 3, 200);
        Assert.InRange(problem["detail"]!.ToString().Length, 10, 4000);
        Assert.StartsWith("/", problem["instance"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(answer.Headers["traceparent"].Split('-')[1], problem["traceId"]!.ToString());
        foreach (var fault in problem["errors"]?.AsArray() ?? [])
        {
            Assert.True(fault!["pointer"] is null != fault["parameter"] is null, "A fault has one place: " + fault);
            Assert.InRange(fault["detail"]!.ToString().Length, 5, 4000);
            Assert.InRange(fault["pointer"]?.ToString().Length ?? 0, 0, 2000);
            Assert.InRange(fault["parameter"]?.ToString().Length ?? 0, 0, 200);
        }

        // Half a character would be told as U+FFFD.
        Assert.DoesNotContain("\uFFFD", answer.Text, StringComparison.Ordinal);

        MustKeepSilent(answer);
        return problem;
    }

    /// <summary>Checks that neither stack trace nor SQL nor path nor type name has left the process.</summary>
    public static void MustKeepSilent(this Answer answer) => Assert.DoesNotMatch(Inside(), answer.Text);

    [GeneratedRegex(@"   at |\bselect .* from\b|\binsert into\b|SQLite|sqlite3|no such table|\.cs\b|System\.|Microsoft\.|ActionPlan\.|/tmp/|/work/|/home/|Exception")]
    private static partial Regex Inside();
}

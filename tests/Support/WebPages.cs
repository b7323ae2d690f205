namespace ActionPlan.Tests.Support;

/// <summary>Ways to look at a page.</summary>
public static class WebPages
{
    /// <summary>The page, if it has the status and what every page has; and a text, if one is named.</summary>
    public static string MustBe(this Answer answer, int status, string text = "")
    {
        Assert.True(answer.Status == status, $"Expected {status}, got {answer.Status}: {answer.Text}");
        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal("sv", answer.Headers["Content-Language"]);
        Assert.StartsWith("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors ", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("nosniff", "same-origin"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Referrer-Policy"]));
        Assert.Contains("<html lang=\"sv\">", answer.Text, StringComparison.Ordinal);
        Assert.Single(answer.Text.Split("<h1").Skip(1));
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        return answer.Text;
    }
}

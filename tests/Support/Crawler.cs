using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Support;

/// <summary>Reads everything that a service shows, from link to link.</summary>
public static partial class Crawler
{
    /// <summary>Every answer that is reached from the session by links of GET, by its address, body and ETag as they came; the host is told as <c>HOST</c>.</summary>
    public static async Task<SortedDictionary<string, string>> EverythingAsync(this ApiHost host, Api? reader = null)
    {
        var root = host.Address.ToString().TrimEnd('/') + Settings.BasePath;
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>(["/session", "/session?asOf=never", "/actions?limit=1000", "/measures?limit=7"]);
        while (open.TryDequeue(out var path))
        {
            if (answers.ContainsKey(path)) continue;
            var answer = await (reader ?? host.Admin).GetAsync(path);
            var text = TraceId().Replace(answer.Text, "").Replace(root, "HOST");
            answers[path] = $"{answer.Status} {answer.ETag} {text}";
            foreach (Match link in Link().Matches(text)) open.Enqueue(link.Groups[1].Value.Replace("\\u0026", "&"));
        }

        return answers;
    }

    [GeneratedRegex("""
        "href":"HOST([^"]*)","method":"GET"
        """)]
    private static partial Regex Link();

    [GeneratedRegex("""
        "traceId":"[^"]*"
        """)]
    private static partial Regex TraceId();
}

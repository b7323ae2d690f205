using System.Text;
using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Imports;

/// <summary>Sends files to be imported.</summary>
static class Files
{
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Sends CSV into a plan.</summary>
    public static Task<Answer> ImportAsync(this Api api, string plan, string csv, string query = "", Encoding? encoding = null) =>
        api.SendFileAsync($"/plans/{plan}/imports{query}", (encoding ?? new UTF8Encoding(false)).GetBytes(csv), "text/csv");

    /// <summary>Sends a workbook into a plan.</summary>
    public static Task<Answer> ImportAsync(this Api api, string plan, XlsxBuilder workbook, string query = "") => api.SendFileAsync($"/plans/{plan}/imports{query}", workbook.ToArray(), Xlsx);

    /// <summary>Sends JSON rows into a plan.</summary>
    public static Task<Answer> ImportAsync(this Api api, string plan, object[] rows, string query = "") => api.PostAsync($"/plans/{plan}/imports{query}", rows);

    public static Task<Answer> SendFileAsync(this Api api, string path, byte[] bytes, string type) => api.SendAsync("POST", path, bytes, ("Content-Type", type));

    /// <summary>The counts of an import that went well: created, updated, unchanged.</summary>
    public static (int Created, int Updated, int Unchanged) Counts(this Answer answer)
    {
        var body = answer.Must(200);
        return (body["created"]!.GetValue<int>(), body["updated"]!.GetValue<int>(), body["unchanged"]!.GetValue<int>());
    }

    /// <summary>The plan's actions, some fields of each as a line.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(this ApiHost host, string plan, params string[] fields) =>
        [.. (await host.Admin.GetAsync($"/plans/{plan}/actions?limit=1000&fields={string.Join(',', fields)}")).Must(200)["items"]!.AsArray()
            .Select(item => string.Join('|', fields.Select(field => item![field] is JsonArray list ? list.ToJsonString() : item[field]?.ToString())))];

    /// <summary>The faults of a refused import, each as "row column code".</summary>
    public static IReadOnlyList<string> RowFaults(this Answer answer)
    {
        answer.MustBeProblem(422, "import-refused");
        return [.. answer["errors"]!.AsArray().Select(e => $"{e!["row"]} {e["column"]} {e["code"]}")];
    }

    /// <summary>The code of the one fault of a file that cannot be read.</summary>
    public static string FileFault(this Answer answer)
    {
        answer.MustBeProblem(400, "invalid-input");
        return Assert.Single(answer["errors"]!.AsArray())!["code"]!.ToString();
    }
}

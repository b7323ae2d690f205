using System.Net.Http.Headers;

namespace ActionPlan.Tests.Exports;

public class ActionExportTests(ExportHost host) : IClassFixture<ExportHost>
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    [InlineData("", null, "application/json")]
    [InlineData("", "*/*", "application/json")]
    [InlineData("", "text/csv", "text/csv")]
    [InlineData("", "text/csv, */*", "text/csv")]
    [InlineData("", "text/csv;q=0.5, application/json", "application/json")]
    [InlineData("", "text/*", "text/csv")]
    [InlineData("", Xlsx, Xlsx)]
    [InlineData("", "text/calendar", "text/calendar")]
    [InlineData("format=csv", "application/json", "text/csv")]
    [InlineData("format=xlsx", "image/png", Xlsx)]
    [InlineData("format=ics", null, "text/calendar")]
    [InlineData("format=flat", "text/csv", "application/json")]
    public async Task Accept_asks_for_a_file_and_format_goes_before_it(string query, string? accept, string type)
    {
        foreach (var path in new[] { "/plans/soc-2026/actions?", "/actions?" })
        {
            var answer = await host.Admin.GetAsync(path + query, accept is null ? [] : [("Accept", accept)]);
            Assert.Equal((200, type), (answer.Status, answer.MediaType));
        }
    }

    [Theory]
    [InlineData("", "image/png", 406)]
    [InlineData("", "application/json;q=0, text/html", 406)]
    [InlineData("format=pdf", "text/csv", 400)]
    [InlineData("format=csv,xlsx", "*/*", 400)]
    [InlineData("format=csv&status=klar", "text/csv", 400)]
    [InlineData("format=csv&dialect=tsv", "text/csv", 400)]
    [InlineData("format=ics&dialect=excel", "*/*", 400)]
    [InlineData("dialect=excel", "*/*", 400)]
    public async Task What_cannot_be_asked_is_told_as_a_problem(string query, string accept, int status)
    {
        var answer = await host.FileAsync(query, ("Accept", accept));
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task A_file_has_a_name_that_people_can_read()
    {
        var (plan, all) = (await host.FileAsync("format=xlsx"), await host.Admin.GetAsync("/actions?format=csv"));

        var name = ContentDispositionHeaderValue.Parse(plan.Headers["Content-Disposition"]);
        Assert.Equal(("attachment", "Atgarder soc-2026 2026-03-28.xlsx", "Åtgärder soc-2026 2026-03-28.xlsx"), (name.DispositionType, name.FileName, name.FileNameStar));
        Assert.Equal("Åtgärder 2026-03-28.csv", ContentDispositionHeaderValue.Parse(all.Headers["Content-Disposition"]).FileNameStar);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("ics")]
    [InlineData("flat")]
    public async Task A_file_that_has_not_changed_is_304_and_HEAD_makes_none(string format)
    {
        var first = await host.FileAsync("format=" + format);
        var again = await host.FileAsync("format=" + format);
        var known = await host.FileAsync("format=" + format, ("If-None-Match", first.ETag!));
        var head = await host.Admin.SendAsync("HEAD", "/plans/soc-2026/actions?format=" + format);

        Assert.Equal(first.Bytes, again.Bytes);
        Assert.Equal((304, first.ETag), (known.Status, known.ETag));
        Assert.Equal((200, first.ETag, first.Headers["Content-Disposition"], ""), (head.Status, head.ETag, head.Headers["Content-Disposition"], head.Text));
    }

    [Theory]
    [InlineData("format=csv&page=2&limit=1")]
    [InlineData("format=csv&page=0")]
    public async Task A_file_holds_the_whole_list_whatever_the_page(string query) =>
        Assert.Equal(6, (await host.FileAsync(query)).Text.Split('\n').Count(line => line.StartsWith("soc-2026-", StringComparison.Ordinal) || line.StartsWith("Nyckel", StringComparison.Ordinal)));

    [Theory]
    [InlineData("status=paused,cancelled", "soc-2026-1 soc-2026-4")]
    [InlineData("sort=-number&open=true", "soc-2026-5 soc-2026-3 soc-2026-2 soc-2026-1")]
    [InlineData("q=radbyte", "soc-2026-2")]
    [InlineData("asOf=2026-03-27", "")]
    [InlineData("asOf=2026-03-28T22:30:00Z&overdue=true", "soc-2026-2")]
    [InlineData("tag=saknas", "")]
    public async Task Filters_order_and_asOf_are_those_of_the_list(string query, string keys)
    {
        var flat = (await host.Admin.GetAsync("/actions?department=soc&format=flat&" + query)).Must(200).AsArray();
        Assert.Equal(keys, string.Join(' ', flat.Select(action => action!["key"])));
        Assert.Equal(keys, string.Join(' ', (await host.Admin.GetAsync("/actions?department=soc&" + query)).Items("key")));
    }

    [Fact]
    public async Task Fields_narrows_the_columns_and_gives_them_their_order() =>
        Assert.Equal("\uFEFFkey,owner,title\r\nsoc-2026-1,HR-enheten,Allt på en gång\r\n",
            ExportHost.Whole(await host.FileAsync("format=csv&dialect=rfc4180&fields=owner,title&status=paused")));

    [Fact]
    public async Task What_a_key_does_not_see_it_does_not_export()
    {
        var bound = await host.WithNewKeyAsync("reader", "vof");

        Assert.Equal(404, (await bound.GetAsync("/plans/soc-2026/actions?format=csv")).Status);
        Assert.Equal(["vof-2026-1"], (await bound.GetAsync("/actions?format=flat")).Must(200).AsArray().Select(action => action!["key"]!.ToString()));
        Assert.Equal(404, (await host.Admin.GetAsync("/plans/soc-1999/actions?format=xlsx")).Status);
        Assert.Equal(401, (await host.Anonymous.GetAsync("/actions?format=csv")).Status);
    }
}

using System.Text;

namespace ActionPlan.Tests.Http;

public class BodyTests(BodyTests.Host host) : IClassFixture<BodyTests.Host>
{
    static readonly Encoding Latin1 = Encoding.Latin1;

    public static TheoryData<string, int, int> BrokenJson => new()
    {
        { "{\"title\": oj}", 1, 11 },
        { "oj", 1, 1 },
        { "{\n  \"title\": \"x\",\n  oj\n}", 3, 3 },
        { "{\r\n oj}", 2, 2 },
        // Counted in characters, as an editor does, not in bytes.
        { "{\"title\": \"åäö\", oj}", 1, 18 },
        { "{\"title\": \"🙂\",\n\"owner\": \"Ö\" oj}", 2, 14 },
        { "\uFEFF{\"title\": oj}", 1, 11 },
        { "{\"title\": \"x\"", 1, 14 },
        { "{\"title\": \"x", 1, 13 },
        { "{", 1, 2 },
        { "{\"title\":\"x\"} x", 1, 15 },
        { "{\"title\":\"x\"}{\"title\":\"y\"}", 1, 14 },
        { "{\"title\":\"x\",}", 1, 14 },
        { "{\"title\":\"x\" /* y */}", 1, 14 },
        { "// y\n{\"title\":\"x\"}", 1, 1 },
        { "{\"measureNumber\": NaN}", 1, 19 },
        { "{\"measureNumber\": -Infinity}", 1, 20 },
        { "{\"measureNumber\": 080}", 1, 20 },
        { "{\"measureNumber\": +80}", 1, 19 },
        { "{\"measureNumber\": 0x50}", 1, 20 },
        { "{'title':'x'}", 1, 2 },
        { "{title:\"x\"}", 1, 2 },
        { "{\"title\" \"x\"}", 1, 10 },
        { "{\"title\":\"a\nb\"}", 1, 12 },
        { "{\"title\":\"a\tb\"}", 1, 12 },
        { "{\"title\":\"a\\xb\"}", 1, 13 },
        { "{\"title\":\"\\u12\"}", 1, 15 },
        { "{\"title\":tru}", 1, 13 },
        { "<title>x</title>", 1, 1 },
        { "title=x", 1, 2 },
    };

    [Theory]
    [MemberData(nameof(BrokenJson))]
    public async Task Broken_JSON_is_told_with_line_and_position(string body, int line, int position)
    {
        foreach (var method in new[] { "POST", "PATCH" })
        {
            var answer = await RefusedAsync(method, Encoding.UTF8.GetBytes(body));
            Assert.Equal([" invalidJson"], answer.Faults());
            Assert.Equal($"Inte giltig JSON: fel på rad {line}, position {position}.", answer["errors"]![0]!["detail"]!.ToString());
        }
    }

    public static TheoryData<string, byte[], int, int> BrokenText => new()
    {
        { "a byte that never occurs", Latin1.GetBytes("{\"title\":\"a\xFF\"}"), 1, 12 },
        { "Latin-1", Latin1.GetBytes("{\"title\":\n \"Åtgärd\"}"), 2, 3 },
        { "a character cut short", Latin1.GetBytes("{\"title\":\"\xC3\"}"), 1, 11 },
        { "a character cut short by the end", Latin1.GetBytes("{\"title\":\"\xE2\x82"), 1, 11 },
        { "a continuation without a start", Latin1.GetBytes("{\"title\":\"\x80\"}"), 1, 11 },
        { "an overlong NUL", Latin1.GetBytes("{\"title\":\"\xC0\x80\"}"), 1, 11 },
        { "half a surrogate pair as bytes", Latin1.GetBytes("{\"title\":\"\xED\xA0\x80\"}"), 1, 11 },
        { "beyond Unicode", Latin1.GetBytes("{\"title\":\"\xF5\x80\x80\x80\"}"), 1, 11 },
        { "in a name", Latin1.GetBytes("{\"\xFF\":1}"), 1, 3 },
        { "outside of any text", Latin1.GetBytes("{\xFF}"), 1, 2 },
        { "in a list", Latin1.GetBytes("{\"title\":\"x\",\"tags\":[\"ok\",\"\xFF\"]}"), 1, 28 },
        { "after valid letters", [.. Encoding.UTF8.GetBytes("{\"title\":\"åäö"), 0xFF, .. "\"}"u8], 1, 14 },
        { "UTF-16", Encoding.Unicode.GetBytes("{\"title\":\"x\"}"), 1, 2 },
        { "UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"title\":\"x\"}")], 1, 1 },
        { "UTF-16 the other way round", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("{\"title\":\"x\"}")], 1, 1 },
        { "UTF-32", Encoding.UTF32.GetBytes("{\"title\":\"x\"}"), 1, 2 },
        { "compressed", [0x1F, 0x8B, 0x08, 0x00], 1, 2 },
    };

    [Theory]
    [MemberData(nameof(BrokenText))]
    public async Task Bytes_that_are_no_UTF8_are_told_with_line_and_position(string what, byte[] body, int line, int position)
    {
        foreach (var method in new[] { "POST", "PATCH" })
        {
            var answer = await RefusedAsync(method, body);
            Assert.True(answer.Faults().SequenceEqual([" invalidJson"]), what);
            Assert.Equal($"Inte giltig JSON: fel på rad {line}, position {position}.", answer["errors"]![0]!["detail"]!.ToString());
        }
    }

    [Fact]
    public async Task The_place_is_told_in_English_too()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", "{\n oj", ("Accept-Language", "en"));

        Assert.Equal("Not valid JSON: fault on line 2, position 2.", answer["errors"]![0]!["detail"]!.ToString());
    }

    [Theory]
    [InlineData("", " bodyRequired")]
    [InlineData("null", " notAnObject")]
    [InlineData("[]", " notAnObject")]
    [InlineData("[{\"title\":\"x\"}]", " notAnObject")]
    [InlineData("\"x\"", " notAnObject")]
    [InlineData("1", " notAnObject")]
    [InlineData("true", " notAnObject")]
    public async Task A_body_that_is_no_object_is_told(string body, string fault)
    {
        foreach (var method in new[] { "POST", "PATCH" }) Assert.Contains(fault, (await RefusedAsync(method, Encoding.UTF8.GetBytes(body))).Faults());
    }

    [Theory]
    [InlineData("""{"title":1}""", "/title wrongType")]
    [InlineData("""{"title":true}""", "/title wrongType")]
    [InlineData("""{"title":["x"]}""", "/title wrongType")]
    [InlineData("""{"title":{"a":"x"}}""", "/title wrongType")]
    [InlineData("""{"isTrial":"true"}""", "/isTrial wrongType")]
    [InlineData("""{"isTrial":1}""", "/isTrial wrongType")]
    [InlineData("""{"measureNumber":"80"}""", "/measureNumber wrongType")]
    [InlineData("""{"measureNumber":80.5}""", "/measureNumber wrongType")]
    [InlineData("""{"measureNumber":1e999}""", "/measureNumber wrongType")]
    [InlineData("""{"measureNumber":99999999999999999999999999}""", "/measureNumber wrongType")]
    [InlineData("""{"measureNumber":-1}""", "/measureNumber outOfRange")]
    [InlineData("""{"measureNumber":2147483647}""", "/measureNumber outOfRange")]
    [InlineData("""{"measureNumber":2147483648}""", "/measureNumber wrongType")]
    [InlineData("""{"dueDate":"2026-02-30"}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":"0000-01-01"}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":"10000-01-01"}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":"2026-01-01T00:00:00Z"}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":"2026-1-1"}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":20260101}""", "/dueDate wrongType")]
    [InlineData("""{"dueDate":"٢٠٢٦-٠١-٠١"}""", "/dueDate wrongType")]
    [InlineData("""{"tags":"x"}""", "/tags wrongType")]
    [InlineData("""{"tags":[1]}""", "/tags wrongType")]
    [InlineData("""{"tags":[["x"]]}""", "/tags wrongType")]
    [InlineData("""{"tags":{"0":"x"}}""", "/tags wrongType")]
    [InlineData("""{"tags":["x",null]}""", "/tags/1 required")]
    [InlineData("""{"tags":["x",""]}""", "/tags/1 required")]
    [InlineData("""{"Title":"x"}""", "/Title unknownProperty")]
    [InlineData("""{"title ":"x"}""", "/title  unknownProperty")]
    [InlineData("""{"":1}""", "/ unknownProperty")]
    [InlineData("""{"a/b~c":1}""", "/a~1b~0c unknownProperty")]
    [InlineData("""{"__proto__":{"isTrial":true}}""", "/__proto__ unknownProperty")]
    [InlineData("""{"$ref":"#/x"}""", "/$ref unknownProperty")]
    [InlineData("""{"key":"soc-2026-7"}""", "/key readOnlyProperty")]
    [InlineData("""{"_links":{}}""", "/_links readOnlyProperty")]
    [InlineData("""{"isOverdue":true}""", "/isOverdue readOnlyProperty")]
    [InlineData("""{"owner":"a","owner":"b"}""", "/owner duplicateProperty")]
    [InlineData("""{"owner":"a","\u006fwner":"b"}""", "/owner duplicateProperty")]
    [InlineData("""{"nope":1,"nope":2}""", "/nope duplicateProperty")]
    [InlineData("""{"title":"\ud800"}""", "/title wrongType")]
    [InlineData("""{"title":"\ude00\ud83d"}""", "/title wrongType")]
    [InlineData("""{"tags":["\ud800"]}""", "/tags wrongType")]
    [InlineData("""{"\ud800":1}""", " brokenText")]
    [InlineData("""{"title\udfff":"x"}""", " brokenText")]
    [InlineData("""{"owner":"\u0000"}""", "/owner controlCharacter")]
    [InlineData("""{"owner":"a\nb"}""", "/owner controlCharacter")]
    [InlineData("""{"owner":"\u001b[31m"}""", "/owner controlCharacter")]
    [InlineData("""{"owner":"a\u0085b"}""", "/owner controlCharacter")]
    [InlineData("""{"description":"a\u0000b"}""", "/description controlCharacter")]
    [InlineData("""{"description":"a\fb"}""", "/description controlCharacter")]
    [InlineData("""{"ownerEmail":"nobody"}""", "/ownerEmail invalidEmail")]
    public async Task A_faulty_property_is_told_where_it_stands(string body, string fault)
    {
        foreach (var method in new[] { "POST", "PATCH" }) Assert.Contains(fault, (await RefusedAsync(method, Encoding.UTF8.GetBytes(body))).Faults());
    }

    [Theory]
    [InlineData("""{"title":"\ud83d\ude42 \u00e5"}""", "🙂 å")]
    [InlineData("""{"title":"a\u2028b"}""", "a\u2028b")]
    [InlineData("""{"title":"\ufffe\uffff"}""", "\uFFFE\uFFFF")]
    [InlineData("""{"title":"e\u0301"}""", "e\u0301")]
    [InlineData("""{"title":"</script><!--"}""", "</script><!--")]
    [InlineData("""{"title":"\"\\\/\b"}""", null)]
    [InlineData("""{"title":"\"\\\/"}""", "\"\\/")]
    [InlineData("""{"title":"\u202etxet"}""", "\u202Etxet")]
    public async Task Text_comes_back_as_it_was_sent(string body, string? title)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", body);

        if (title is null)
        {
            Assert.Equal(["/title controlCharacter"], answer.Faults());
            return;
        }

        Assert.Equal(title, answer.Must(201)["title"]!.ToString());
        Assert.Equal(title, (await host.Admin.GetAsync($"/actions/{answer["key"]}")).Must(200)["title"]!.ToString());
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_fault()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", (byte[])[0xEF, 0xBB, 0xBF, .. "{\"title\":\"Från Anteckningar\"}"u8]);

        Assert.Equal("Från Anteckningar", answer.Must(201)["title"]!.ToString());
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("{\"title\":[", "]}")]
    public async Task Deep_nesting_is_refused_and_the_service_lives(string open, string close)
    {
        var body = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));

        Assert.Equal([" invalidJson"], (await RefusedAsync("POST", Encoding.UTF8.GetBytes(body))).Faults());
        (await host.Admin.GetAsync("/session")).Must(200);
    }

    [Fact]
    public async Task A_title_of_999000_bytes_is_too_long_and_told_by_how_much()
    {
        var answer = await RefusedAsync("POST", Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', 999_000)}}"}"""));

        Assert.Equal(["/title tooLong"], answer.Faults());
        Assert.Equal("Högst 300 tecken; är 999000.", answer["errors"]![0]!["detail"]!.ToString());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("ownerEmail")]
    [InlineData("dueDate")]
    [InlineData("isTrial")]
    [InlineData("recurrence")]
    [InlineData("measureNumber")]
    [InlineData("focusArea")]
    public async Task A_fault_quotes_no_more_of_the_request_than_a_reader_needs(string property)
    {
        foreach (var character in new[] { "x", "å", "🙂", "x🙂", "\\u0041" })
        {
            var text = string.Concat(Enumerable.Repeat(character, 100_000));
            var answer = await RefusedAsync("POST", Encoding.UTF8.GetBytes($$"""{"title":"x","{{property}}":"{{text}}"}"""));
            Assert.InRange(answer.Text.Length, 100, 15_000);
        }
    }

    [Fact]
    public async Task A_very_long_unknown_name_is_cut()
    {
        foreach (var character in new[] { "x", "å", "🙂", "x🙂", "~", "/" })
        {
            var name = string.Concat(Enumerable.Repeat(character, 50_000));
            var answer = await RefusedAsync("POST", Encoding.UTF8.GetBytes($$"""{"title":"x","{{name}}":1}"""));
            Assert.InRange(answer.Text.Length, 100, 15_000);
        }
    }

    [Fact]
    public async Task Very_many_faults_make_no_larger_an_answer_than_openapi_json_allows()
    {
        var answer = await RefusedAsync("POST", Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"p{i}\":1")) + "}"));

        Assert.InRange(answer["errors"]!.AsArray().Count, 1000, 10_000);
    }

    [Fact]
    public async Task Many_faults_are_all_named()
    {
        var answer = await RefusedAsync("POST", Encoding.UTF8.GetBytes("{\"title\":\"x\"," + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"p{i:000}\":1")) + "}"));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"/p{i:000} unknownProperty"), answer.Faults());
        Assert.Contains("500", answer["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData("application/json;charset=\"UTF-8\"", 201)]
    [InlineData("Application/JSON", 201)]
    [InlineData("application/json; profile=\"x\"", 201)]
    [InlineData("", 415)]
    [InlineData("json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/*", 415)]
    [InlineData("*/*", 415)]
    [InlineData("application/xml", 415)]
    [InlineData("application/merge-patch+json", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("application/json; charset=latin1", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=", 415)]
    [InlineData("application/json, application/json", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    public async Task A_POST_takes_JSON_in_UTF8_alone(string type, int status)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", """{"title":"Medietyp"}""", ("Content-Type", type));

        Assert.Equal(status, answer.Status);
        if (status == 415) Assert.EndsWith(" application/json.", answer.MustBeProblem(415)["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("application/merge-patch+json; charset=utf-8", 200)]
    [InlineData("application/json", 200)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("application/merge-patch+json; charset=latin1", 415)]
    [InlineData("", 415)]
    public async Task A_PATCH_takes_merge_patches_too(string type, int status)
    {
        Assert.Equal(status, (await host.Admin.PatchAsync("/actions/soc-2026-1", """{"owner":"HR"}""", ("Content-Type", type))).Status);
    }

    [Fact]
    public async Task A_long_content_type_is_not_told_in_full()
    {
        (await host.Admin.PostAsync("/plans/soc-2026/actions", "{}", ("Content-Type", "text/" + new string('x', 10_000)))).MustBeProblem(415);
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_like_any_other()
    {
        var chunks = string.Concat("{\"title\":\"I småbitar\"}"u8.ToArray().Chunk(3).Select(c => $"{c.Length:x}\r\n{Latin1.GetString(c)}\r\n"));
        var head = $"POST {Settings.BasePath}/plans/soc-2026/actions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.BootstrapKey}\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

        var answer = await Raw.SendAsync(host.Address, Latin1.GetBytes(head + chunks + "0\r\n\r\n"));

        Assert.Equal("I småbitar", answer.Must(201)["title"]!.ToString());
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\n{}")]
    [InlineData("Content-Length: 5\r\n", "{}")]
    [InlineData("Content-Length: -1\r\n", "{}")]
    [InlineData("Content-Length: 99999999999999999999\r\n", "{}")]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    public async Task A_body_that_ends_early_or_lies_about_its_length_is_no_500_and_stores_nothing(string header, string body)
    {
        var before = host.Counts();
        var bytes = Latin1.GetBytes($"POST {Settings.BasePath}/plans/soc-2026/actions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.BootstrapKey}\r\n"
            + $"Content-Type: application/json\r\nConnection: close\r\n{header}\r\n{body}");

        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await client.GetStream().WriteAsync(bytes);
        using var reader = new StreamReader(client.GetStream());
        client.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var answer = "";
        try
        {
            answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (IOException)
        {
            // Reset: closed on one that closed it first.
        }

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        Assert.Equal(before, host.Counts());
        (await host.Admin.GetAsync("/session")).Must(200);
    }

    async Task<Answer> RefusedAsync(string method, byte[] body)
    {
        var before = host.Counts();
        var answer = await host.Admin.SendAsync(method, method == "POST" ? "/plans/soc-2026/actions" : "/actions/soc-2026-1", body);
        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(before, host.Counts());
        return answer;
    }

    /// <summary>With an action to change.</summary>
    public sealed class Host : PlanHost
    {
        public string Counts()
        {
            using var connection = Behind.Open(Database);
            return connection.Counts();
        }

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            (await Admin.PostAsync("/plans/soc-2026/actions", new { title = "Mentor", owner = "HR" })).Must(201);
        }
    }
}

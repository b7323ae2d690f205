using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Data;

/// <summary>
/// One client's session, played against the service on each engine with its clock stopped: every status, header and body is
/// the same, but for what chance makes (ids, secrets, traces) and the host.
/// </summary>
public partial class SessionTests(SessionTests.Catalogue services) : IClassFixture<SessionTests.Catalogue>
{
    // A line is: the status that is to come, who asks, the method, the path, headers in [brackets], the body.
    // "name = " before who keeps the answer: $name.id is a property of it, $name.etag its ETag, and a key so named may ask.
    // "later" lets time pass; keys are listed by it. To add a resource, add lines.
    const string Script = """
        200 nobody GET /api-info
        200 nobody GET //.well-known/api-catalog
        401 nobody GET /session
        401 nobody GET /actions [Authorization: Bearer ap_unknown]
        200 admin GET /session
        200 admin GET /departments
        200 admin GET /plans
        200 admin GET /actions
        200 admin GET /measures?limit=3&page=2
        200 admin GET /measures?category=God%20introduktion&limit=2
        200 admin GET /measures/80
        404 admin GET /measures/102
        404 admin GET /measures/x

        201 admin POST /departments {"key":"soc","name":"Socialförvaltningen","municipality":"Åby"}
        201 admin POST /departments {"key":"vof","name":"Vård- och omsorgsförvaltningen"}
        201 admin POST /departments {"key":"buf","name":"Älvens barn"}
        409 admin POST /departments {"key":"soc","name":"En till"}
        400 admin POST /departments {"key":"Soc Å","name":"","x":1,"municipality":7}
        200 admin PATCH /departments/buf {"name":"Ödets barn"}
        200 admin PATCH /departments/buf {"name":"Ödets barn"}
        200 admin GET /departments?limit=2&page=2
        404 admin GET /departments/finns-inte

        later 0.00:00:01
        201 hr = admin POST /api-keys {"name":"HR","role":"editor","department":"soc","expiresAt":"2027-01-01T00:00:00+01:00"}
        later 0.00:00:01
        201 reader = admin POST /api-keys {"name":"Läsare","role":"reader"}
        later 0.00:00:01
        201 vofadmin = admin POST /api-keys {"name":"Vofs admin","role":"admin","department":"vof"}
        400 admin POST /api-keys {"name":"x","role":"chef","department":"finns-inte"}
        400 admin POST /api-keys {"name":"x","role":"reader","department":"finns-inte"}
        200 hr GET /session
        200 reader GET /session
        403 reader POST /plans {"department":"soc","title":"x"}
        403 hr POST /departments {"key":"x","name":"x"}

        201 admin POST /plans {"department":"soc","title":"Åtgärdsplan 2026","periodStart":"2026-01-01","periodEnd":"2026-12-31","background":"Rad ett\nrad två"}
        201 admin POST /plans {"key":"soc-a","department":"soc","title":"Flyttas","periodStart":"2026-06-01"}
        201 admin POST /plans/soc-a/focus-areas {"title":"Övrigt"}
        201 admin POST /plans/soc-a/focus-areas {"key":"b","title":"B","position":1}
        201 admin POST /plans/soc-a/focus-areas {"key":"a","title":"A","position":2}
        201 admin POST /plans/soc-a/actions {"title":"En","focusArea":"b"}
        201 admin POST /plans/soc-a/actions {"title":"Två","focusArea":"a"}
        200 admin PATCH /plans/soc-a {"department":"buf"}
        200 admin PATCH /actions/soc-a-1 {"status":"inProgress"}
        200 admin PATCH /plans/soc-a {"department":"soc","title":"Flyttade tillbaka"}
        200 admin GET /plans/soc-a/actions
        204 admin DELETE /plans/soc-a?withContent=true
        201 hr POST /plans {"key":"soc-extra","department":"soc","title":"Ändringar","predecessor":"soc-2026","sharing":"titles"}
        201 vofadmin POST /plans {"department":"vof","title":"Vofs plan","periodStart":"2025-01-01","periodEnd":"2026-12-31","status":"adopted"}
        400 hr POST /plans {"department":"vof","title":"Inte min"}
        409 admin POST /plans {"key":"soc-2026","department":"soc","title":"Igen"}
        400 admin POST /plans {"department":"soc","title":"x","periodStart":"2026-12-31","periodEnd":"2026-01-01"}
        400 admin POST /plans {"department":"soc","title":"x","periodStart":"2026-02-30","predecessor":"saknas","status":"öppen"}
        200 admin GET /plans
        200 hr GET /plans
        200 admin GET /plans?department=soc,vof&status=draft,adopted&limit=1&page=2
        400 admin GET /plans?status=okänd&page=x&limit=1001&vad=1
        200 hr GET /plans/soc-2026
        404 hr GET /plans/vof-2025

        201 hr POST /plans/soc-2026/focus-areas {"title":"Hälsa och stress","introduction":"Om hälsa"}
        201 hr POST /plans/soc-2026/focus-areas {"key":"ledning","title":"Ledning","position":1}
        201 hr POST /plans/soc-2026/focus-areas {"title":"Övrigt"}
        409 hr POST /plans/soc-2026/focus-areas {"key":"ledning","title":"Ledning igen"}
        400 hr POST /plans/soc-2026/focus-areas {"title":"","position":0}
        404 hr POST /plans/vof-2025/focus-areas {"title":"Inte min"}
        200 hr GET /plans/soc-2026/focus-areas
        200 hr PATCH /plans/soc-2026/focus-areas/ledning {"position":3,"introduction":"Ny"}
        200 hr GET /plans/soc-2026/focus-areas/ledning
        404 hr GET /plans/soc-2026/focus-areas/saknas
        200 hr GET /plans/soc-2026/focus-areas?limit=1&page=2

        later 0.01:00:00.007
        201 first = hr POST /plans/soc-2026/actions {"title":"Alla nyanställda får en mentor"}
        201 hr POST /plans/soc-2026/actions {"title":"Översyn av scheman","description":"Rad ett\nRad två","owner":"HR-enheten","ownerEmail":"hr@example.se","focusArea":"ledning","deadline":"2026-02-01","priority":"high","tags":["schema","HR"],"participants":["Facket","Företagshälsovården"],"measureNumber":80,"externalId":"A-17","isHighlighted":true}
        201 hr POST /plans/soc-2026/actions {"title":"Ångestdämpande rutiner","owner":"HR enheten","status":"inProgress","startDate":"2026-01-01","dueDate":"2026-05-01","priority":"low","tags":["Schema"],"isTrial":true,"decisionDueDate":"2026-06-30"}
        201 hr POST /plans/soc-2026/actions {"title":"Redan klar","status":"done","completedOn":"2026-02-01","owner":"Åsa","expectedEffect":"Lugn","source":"Skyddsrond"}
        201 hr POST /plans/soc-2026/actions {"title":"Avbruten","status":"cancelled","statusReason":"Kritik","owner":"Örjan","recurrence":"continuous"}
        204 hr POST /plans/soc-2026/actions [Prefer: return=minimal] {"title":"zebra","followUpInterval":"monthly","nextFollowUpDate":"2026-03-01","evaluationResponsible":"Utvecklaren","evaluationDueDate":"2026-12-01","evaluationSupport":"Högskolan","initiator":"APT"}
        201 vofadmin POST /plans/vof-2025/actions {"title":"Vofs hemlighet","owner":"HR-enheten","dueDate":"2026-04-01"}
        400 hr POST /plans/soc-2026/actions {"title":"","status":"paused","startDate":"2026-05-01","dueDate":"2026-01-01","focusArea":"saknas","measureNumber":102,"okänd":1,"tags":"ett"}
        400 hr POST /plans/soc-2026/actions {"title":
        415 hr POST /plans/soc-2026/actions [Content-Type: text/plain] hej
        404 hr POST /plans/vof-2025/actions {"title":"Inte min"}
        404 hr POST /plans/saknas/actions {"title":"Ingenstans"}

        200 hr GET /actions/soc-2026-1
        304 hr GET /actions/soc-2026-1 [If-None-Match: $first.etag]
        404 hr GET /actions/vof-2025-1
        404 hr GET /actions/soc-2026-99
        404 hr GET /actions/soc-2026
        200 hr GET /plans/soc-2026/actions
        200 admin GET /actions
        200 hr GET /actions
        200 admin GET /actions?sort=title
        200 admin GET /actions?sort=-title&limit=2&page=2
        200 admin GET /actions?sort=owner,-priority&fields=key,owner,priority
        200 admin GET /actions?sort=dueDate&fields=dueDate
        200 admin GET /actions?sort=-dueDate&limit=3
        200 admin GET /actions?sort=status,focusArea
        200 admin GET /actions?owner=hr%20ENHETEN
        200 hr GET /actions?owner=HRenheten&owner=%C3%85sa
        200 admin GET /actions?q=schema
        200 admin GET /actions?q=hr
        200 admin GET /actions?q=%C3%85NGEST%20rutin
        200 admin GET /actions?q=%25
        200 admin GET /actions?open=true&overdue=true
        200 admin GET /actions?open=false
        200 admin GET /actions?overdue=false&limit=2
        200 admin GET /actions?status=planned,done&department=soc
        200 admin GET /actions?plan=soc-2026,vof-2025&focusArea=ledning
        200 admin GET /actions?participant=facket&tag=SCHEMA&priority=high&measureNumber=80
        200 admin GET /actions?dueAfter=2026-01-31&dueBefore=2026-05-01
        200 admin GET /actions?dueWithin=30d
        200 admin GET /actions?updatedSince=2026-03-02T12:00:00%2B01:00
        200 admin GET /actions?missing=owner,deadline
        200 admin GET /actions?missing=followUp
        200 admin GET /actions?missing=verification
        200 admin GET /actions?prognosis=green
        200 admin GET /actions?page=0
        200 admin GET /actions?page=99&limit=5
        400 admin GET /actions?sort=okänd&limit=0&status=x&dueAfter=igår&dueWithin=5y&fields=hemligt&open=ja
        400 admin GET /actions?status=x&sort=-y [Accept-Language: en]
        200 list = admin GET /plans/soc-2026/actions?q=mentor
        304 admin GET /plans/soc-2026/actions?q=mentor [If-None-Match: $list.etag]
        404 hr GET /plans/vof-2025/actions

        later 1.00:00:00
        200 hr PATCH /actions/soc-2026-1 {"status":"inProgress","owner":"HR-enheten","dueDate":"2026-03-31","tags":["ö","å","a"]}
        200 admin GET /plans/soc-2026/actions?q=mentor [If-None-Match: $list.etag]
        412 hr PATCH /actions/soc-2026-1 [If-Match: "1"] {"title":"För sent"}
        200 hr PATCH /actions/soc-2026-1 [If-Match: "2"] {"title":"Alla får en mentor","tags":null}
        200 hr PATCH /actions/soc-2026-1 {"title":"Alla får en mentor"}
        204 hr PATCH /actions/soc-2026-1 [Prefer: return=minimal] {"participants":["Ö","Å"]}
        400 hr PATCH /actions/soc-2026-1 {"status":"paused"}
        400 hr PATCH /actions/soc-2026-1 [Accept-Language: en] {"status":"paused","key":"x","isOverdue":true}
        409 hr PATCH /actions/soc-2026-1 {"status":"verified"}
        409 hr PATCH /actions/soc-2026-5 {"status":"done"}
        200 hr PATCH /actions/soc-2026-4 {"status":"inProgress","statusReason":"Inte klar ändå"}
        200 hr PATCH /actions/soc-2026-1 {"status":"done"}
        404 hr PATCH /actions/vof-2025-1 {"title":"Inte min"}
        403 reader PATCH /actions/soc-2026-1 {"title":"Får inte"}
        405 admin PUT /actions/soc-2026-1 {"title":"x"}
        404 admin GET /finns-inte

        409 hr POST /actions/soc-2026-2/restorations
        204 hr DELETE /actions/soc-2026-2
        404 hr DELETE /actions/soc-2026-2
        404 hr GET /actions/soc-2026-2
        200 hr GET /actions?q=scheman
        204 hr DELETE /plans/soc-2026/focus-areas/ledning
        201 hr POST /actions/soc-2026-2/restorations
        200 hr GET /actions?sort=updatedAt
        204 hr DELETE /actions/soc-2026-6
        201 hr POST /plans/soc-2026/actions {"title":"Numret efter det borttagna"}
        404 vofadmin POST /actions/soc-2026-6/restorations

        200 hr PATCH /plans/soc-2026 {"status":"adopted","registryNumber":"SN 2026/1"}
        400 hr PATCH /plans/soc-2026 {"title":null,"periodEnd":"2020-01-01"}
        200 admin PATCH /plans/soc-extra {"department":"buf"}
        404 hr GET /plans/soc-extra
        409 hr DELETE /plans/soc-2026
        200 hr PATCH /plans/soc-2026 {"status":"closed"}
        409 hr POST /plans/soc-2026/actions {"title":"För sent"}
        409 hr PATCH /actions/soc-2026-1 {"title":"För sent"}
        409 hr DELETE /actions/soc-2026-1
        200 hr GET /plans/soc-2026/actions?limit=2&page=3
        200 hr PATCH /plans/soc-2026 {"status":"adopted"}
        204 hr DELETE /plans/soc-2026?withContent=true
        404 hr GET /plans/soc-2026
        200 hr GET /actions
        409 admin DELETE /departments/vof
        204 admin DELETE /departments/buf?withContent=true
        200 admin GET /departments
        200 admin GET /plans

        200 admin GET /plans?asOf=2026-03-02
        200 then = hr GET /plans/soc-2026?asOf=2026-03-02
        304 hr GET /plans/soc-2026?asOf=2026-03-02 [If-None-Match: $then.etag]
        200 hr GET /plans/soc-2026/focus-areas?asOf=2026-03-02
        200 hr GET /plans/soc-2026/summary?asOf=2026-03-02
        200 hr GET /plans/soc-2026/gaps?asOf=2026-03-02
        200 hr GET /plans/soc-2026/actions?asOf=2026-03-02
        200 admin GET /actions?asOf=2026-03-02&sort=-title&limit=2&page=2
        200 admin GET /actions?asOf=2026-03-02&sort=owner,-priority&fields=key,owner,priority
        200 admin GET /actions?asOf=2026-03-02&sort=dueDate,status
        200 admin GET /actions?asOf=2026-03-02&q=%C3%85NGEST%20rutin
        200 admin GET /actions?asOf=2026-03-02&q=hr&open=true
        200 admin GET /actions?asOf=2026-03-02&owner=hr%20ENHETEN&overdue=false
        200 admin GET /actions?asOf=2026-03-02&participant=facket&tag=SCHEMA&priority=high&measureNumber=80
        200 admin GET /actions?asOf=2026-03-02&missing=owner,deadline
        200 admin GET /owners?asOf=2026-03-02
        200 admin GET /follow-ups?asOf=2026-03-02&due=30d
        200 admin GET /evaluations?asOf=2026-03-02&due=12m
        200 hr GET /actions/soc-2026-2?asOf=2026-03-02T23:00:00+01:00
        404 hr GET /actions/soc-2026-2?asOf=2026-03-02T10:00:00Z
        404 hr GET /actions/vof-2025-1?asOf=2026-03-02
        400 hr GET /actions/soc-2026-2?asOf=2036-03-02
        400 hr PATCH /actions/soc-2026-2?asOf=2026-03-02 {"title":"Får inte"}
        200 admin GET /plans/vof-2025/comparison?from=2026-03-02
        200 admin GET /plans/vof-2025/comparison
        404 admin GET /plans/soc-2026/comparison?from=2026-03-02

        200 admin GET /api-keys
        200 vofadmin GET /api-keys
        200 admin GET /api-keys/$hr.id
        404 vofadmin GET /api-keys/$hr.id
        403 hr DELETE /api-keys/$reader.id
        204 admin DELETE /api-keys/$reader.id
        401 reader GET /session
        200 admin GET /api-keys/$reader.id
        404 admin DELETE /api-keys/0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90
        404 admin DELETE /api-keys/x
        later 400.00:00:00
        401 hr GET /session
        200 admin GET /session
        """;

    // What differs between any two runs, or follows from what does.
    static readonly string[] Ignored = ["Date", "traceparent", "Content-Length"];

    /// <summary>Both services, with the catalogue.</summary>
    public sealed class Catalogue : BothEngines
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Seeds:Load", "catalogue")];
    }

    [BothEnginesFact]
    public async Task A_session_is_answered_the_same_on_both_engines()
    {
        var lines = Script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (sqlite, postgresql) = (new Player(services.Sqlite), new Player(services.Postgresql));

        var faults = new List<string>();
        foreach (var line in lines)
        {
            var (first, second) = (await sqlite.PlayAsync(line), await postgresql.PlayAsync(line));
            if (!first.StartsWith(line[..3], StringComparison.Ordinal) || first != second) faults.Add($"{line}\nSQLite:     {first}\nPostgreSQL: {second}\n");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(lines.Length, 100, int.MaxValue);
        const string log = "select number, actor, reason, department, plan, resource, case resource when 'apiKey' then '' else resource_key end, kind, case resource when 'apiKey' then '' else state end from change order by number";
        Assert.Equal(Behind.Rows(services.Sqlite.Database, log), Behind.Rows(services.Postgresql.Database, log));
    }

    /// <summary>Plays the script's lines on one service, and tells each answer in words that do not depend on chance.</summary>
    sealed class Player(ApiHost host)
    {
        readonly Dictionary<string, Answer> kept = [];
        readonly List<string> random = [];

        public async Task<string> PlayAsync(string line)
        {
            if (line.StartsWith("later ", StringComparison.Ordinal))
            {
                host.Clock.Advance(TimeSpan.Parse(line[6..], System.Globalization.CultureInfo.InvariantCulture));
                return line;
            }

            var step = Step().Match(line);
            Assert.True(step.Success, "Not a step: " + line);
            var headers = Header().Matches(Filled(step.Groups["headers"].Value)).Select(h => (h.Groups[1].Value, h.Groups[2].Value)).ToArray();
            var body = step.Groups["body"].Success ? step.Groups["body"].Value : null;
            var answer = await As(step.Groups["who"].Value).SendAsync(step.Groups["method"].Value, Filled(step.Groups["path"].Value), body, headers);
            if (step.Groups["name"].Success) kept[step.Groups["name"].Value] = answer;
            return Told(answer, step.Groups["path"].Value);
        }

        Api As(string who) => who switch
        {
            "admin" => host.Admin,
            "nobody" => host.Anonymous,
            _ => host.With(kept[who]["secret"]!.ToString()),
        };

        string Filled(string text) => Reference().Replace(text, reference => kept[reference.Groups[1].Value] is var answer && reference.Groups[2].Value is var name && name == "etag"
            ? answer.ETag!
            : answer[name]!.ToString());

        string Told(Answer answer, string path)
        {
            // When a key was used is written behind, up to a second later, and moves its ETag.
            var isKey = path.StartsWith("/api-keys", StringComparison.Ordinal);
            var headers = answer.Headers.Where(h => !Ignored.Contains(h.Key) && !(isKey && h.Key == "ETag")).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}");
            var text = $"{answer.Status} {string.Join(" | ", headers)} {answer.Text}";
            text = Trace().Replace(text, "").Replace(host.Address.Authority, "HOST");
            if (isKey) text = LastUsed().Replace(text, "");
            // An id or secret is named after the place where it first came up, so that the same one stays the same.
            return Chance().Replace(text, match =>
            {
                if (!random.Contains(match.Value)) random.Add(match.Value);
                return "RANDOM" + random.IndexOf(match.Value);
            });
        }
    }

    [GeneratedRegex(@"^\d{3} ((?<name>\w+) = )?(?<who>\w+) (?<method>[A-Z]+) (?<path>\S+)(?<headers>( \[[A-Z][\w-]*: [^\]]*\])*)( (?<body>.*))?$")]
    private static partial Regex Step();

    [GeneratedRegex(@"\[([\w-]+): ([^\]]*)\]")]
    private static partial Regex Header();

    [GeneratedRegex(@"\$(\w+)\.(\w+)")]
    private static partial Regex Reference();

    [GeneratedRegex("""
        "traceId":"[^"]*"
        """)]
    private static partial Regex Trace();

    [GeneratedRegex("""
        "lastUsedAt":(null|"[^"]*")
        """)]
    private static partial Regex LastUsed();

    [GeneratedRegex(@"\bap_[0-9A-Za-z]{20,}|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")]
    private static partial Regex Chance();
}

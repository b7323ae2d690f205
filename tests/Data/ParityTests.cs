using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Data;

/// <summary>The same data is found and ordered alike on both engines, and as Swedish readers expect.</summary>
public class ParityTests(ParityTests.Words words) : IClassFixture<ParityTests.Words>
{
    static readonly string[] Shuffled =
    [
        "HR", "2 av 13", "A\u030atgard", "vard", "2", "Resumé", "resumé", "yber", "a", "Fest!", "Ødla", "ÅTGÄRD", "w", "Å", "zebra", "ø",
        "Wård", "Citat", "100 procent", "arbets\u00adgrupp", "\ufb01n", "\\", "10 % fler", "Fas-1", "Zebra", "introduktionsutbildning",
        "_", "fest", "Ä", "Arbetsgrupp", "öppenvård", "C mapp", "ä", "Utbildning i HR", "HR enheten", "edition", "Fas_1", "Édition",
        "parentes", "50%", "vård", "y", "50", "Ärende", "streck", "…och", "arende", "Ångström", "utbildning", "æ", "hr", "Chrome", "Ön",
        "über", "oppenvard", "ss", "édition", "editor", "_understreck", "V", "arbetsgrupp", "C:\\mapp", "–tankstreck", "ward", "\"Citat\"",
        "HR-enheten", "vårdplanering", "A", "st", "åtgärd", "'apostrof'", "ARBETSGRUPP", "1000", "arbetsgrupper", "atgard", "resume", "u",
        "hrenheten", "W", "13", "å", "Åtgärd", "fin", "!viktigt", "arbets-grupp", "-streck", "Ü", "Zon", "Fas1", "ybert", "arbets grupp",
        "Hr", "Öppenvård", "Ange", "ö", "Fas 1", "ärende", "(Parentes)", "ß", "%", "fira", "Øn", "ubåt", "🎉 fest", "v", "vårdplan",
    ];

    // In the order of sort=title: signs, digits, letters; å ä ö after z; v and w apart; é as e, ü as y, æ as ä, ø as ö; small before large.
    static readonly string[] InOrder =
    [
        "_", "_understreck", "-streck", "–tankstreck", "!viktigt", "…och", "'apostrof'", "\"Citat\"", "(Parentes)", "\\", "%", "🎉 fest",
        "10 % fler", "100 procent", "1000", "13", "2", "2 av 13", "50", "50%", "a", "A", "Ange", "arbets grupp", "arbets-grupp",
        "arbetsgrupp", "arbets\u00adgrupp", "Arbetsgrupp", "ARBETSGRUPP", "arbetsgrupper", "arende", "atgard", "C mapp", "C:\\mapp",
        "Chrome", "Citat", "edition", "édition", "Édition", "editor", "Fas 1", "Fas_1", "Fas-1", "Fas1", "fest", "Fest!", "fin", "\ufb01n",
        "fira", "hr", "Hr", "HR", "HR enheten", "HR-enheten", "hrenheten", "introduktionsutbildning", "oppenvard", "parentes", "resume",
        "resumé", "Resumé", "ss", "ß", "st", "streck", "u", "ubåt", "utbildning", "Utbildning i HR", "v", "V", "vard", "vård", "vårdplan",
        "vårdplanering", "w", "W", "ward", "Wård", "y", "Ü", "yber", "über", "ybert", "zebra", "Zebra", "Zon", "å", "Å", "Ångström",
        "A\u030atgard", "åtgärd", "Åtgärd", "ÅTGÄRD", "ä", "Ä", "æ", "ärende", "Ärende", "ö", "ø", "Ødla", "Ön", "Øn", "öppenvård", "Öppenvård",
    ];

    /// <summary>An action for each word, added in an order that has nothing to do with the alphabet; every third has an owner, a section, dates.</summary>
    public sealed class Words : BothEngines
    {
        protected override async Task PrepareAsync(ApiHost host)
        {
            (await host.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
            (await host.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
            foreach (var (area, i) in new[] { "halsa", "ledning-2", "ledning" }.Select((a, i) => (a, i)))
                (await host.Admin.PostAsync("/plans/p/focus-areas", new { key = area, title = area, position = i + 1 })).Must(201);
            foreach (var (title, i) in Shuffled.Select((t, i) => (t, i)))
            {
                host.Clock.Advance(TimeSpan.FromMilliseconds(7 * (i % 3)));
                await host.ActionAsync("p", new
                {
                    title,
                    owner = i % 3 == 0 ? null : Shuffled[^(i + 1)],
                    focusArea = (string?[])[null, "halsa", "ledning-2", "ledning"] is var areas ? areas[i % 4] : null,
                    status = (string[])["proposed", "planned", "inProgress", "done"] is var statuses ? statuses[i % 4] : null,
                    priority = (string?[])[null, "low", "normal", "high"] is var priorities ? priorities[i % 5 % 4] : null,
                    startDate = i % 2 == 0 ? null : $"2026-01-{1 + (i % 9):00}",
                    dueDate = i % 5 == 0 ? null : $"2026-0{3 + (i % 4)}-11",
                });
            }
        }
    }

    [BothEnginesTheory]
    [InlineData("utbildning", "introduktionsutbildning", "utbildning", "Utbildning i HR")]
    [InlineData("UTBILDNING hr", "Utbildning i HR")]
    [InlineData("HR", "HR", "hr", "Hr", "HR-enheten", "HR enheten", "hrenheten", "Utbildning i HR")]
    [InlineData("hr-enheten", "HR-enheten", "HR enheten", "hrenheten")]
    [InlineData("h", "HR", "hr", "Hr", "HR-enheten", "HR enheten", "hrenheten", "Utbildning i HR")]
    [InlineData("åtgärd", "åtgärd", "Åtgärd", "ÅTGÄRD")]
    [InlineData("ÅTGÄRD", "åtgärd", "Åtgärd", "ÅTGÄRD")]
    [InlineData("atgard", "atgard")]
    [InlineData("å", "å", "Å", "åtgärd", "Åtgärd", "ÅTGÄRD", "A\u030atgard", "Ångström")]
    [InlineData("A\u030atg", "åtgärd", "Åtgärd", "ÅTGÄRD", "A\u030atgard")]
    [InlineData("Ö", "ö", "öppenvård", "Öppenvård", "Ön")]
    [InlineData("ödla")]
    [InlineData("ØDLA", "Ødla")]
    [InlineData("É", "édition", "Édition")]
    [InlineData("ü", "Ü", "über")]
    [InlineData("vård", "öppenvård", "Öppenvård", "vård", "vårdplan", "vårdplanering")]
    [InlineData("w", "w", "W", "ward", "Wård")]
    [InlineData("ß", "ß")]
    [InlineData("SS", "ss")]
    [InlineData("\ufb01", "\ufb01n")]
    [InlineData("fin", "fin")]
    [InlineData("arbets-grupp", "arbetsgrupp", "Arbetsgrupp", "ARBETSGRUPP", "arbetsgrupper", "arbets grupp", "arbets-grupp", "arbets\u00adgrupp")]
    [InlineData("arbetsgrupp", "arbetsgrupp", "Arbetsgrupp", "ARBETSGRUPP", "arbetsgrupper")]
    [InlineData("2", "2 av 13", "2")]
    [InlineData("100", "100 procent", "1000")]
    [InlineData("10 %", "10 % fler", "100 procent", "1000")]
    [InlineData("\"citat\"", "Citat", "\"Citat\"")]
    [InlineData("fas_1", "Fas_1", "Fas-1", "Fas 1")]
    [InlineData("fas%1", "Fas_1", "Fas-1", "Fas 1")]
    [InlineData("c:\\m", "C:\\mapp", "C mapp")]
    [InlineData("🎉 fest", "🎉 fest", "fest", "Fest!")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("🎉")]
    [InlineData("")]
    public async Task A_search_finds_the_same_on_both(string q, params string[] found)
    {
        // A word is a title here, and another action's owner; both are searched.
        var expected = Shuffled.Select((title, i) => (title, i)).Where(a => found.Contains(a.title) || (a.i % 3 != 0 && found.Contains(Shuffled[^(a.i + 1)]))).Select(a => $"p-{a.i + 1}");

        var (first, second) = await PagesAsync($"/plans/p/actions?q={Uri.EscapeDataString(q)}&limit=4");

        Assert.Equal(first, second);
        Assert.Equal(expected, Items(first, "key"));
    }

    [BothEnginesTheory]
    [InlineData("title", "title")]
    [InlineData("-title", "title")]
    [InlineData("owner", "owner")]
    [InlineData("-owner", "owner")]
    public async Task Text_is_sorted_the_same_on_both_and_in_Swedish(string sort, string property)
    {
        var words = property == "title" ? InOrder : InOrder.Intersect(Shuffled.Select((_, i) => i % 3 == 0 ? "" : Shuffled[^(i + 1)]));
        string?[] expected = [.. sort.StartsWith('-') ? words.Reverse() : words, .. Enumerable.Repeat<string?>(null, InOrder.Length - words.Count())];

        var (first, second) = await PagesAsync($"/plans/p/actions?sort={sort}&limit=7");

        Assert.Equal(first, second);
        Assert.Equal(expected, Items(first, property));
    }

    [BothEnginesTheory]
    [InlineData("key")]
    [InlineData("-key")]
    [InlineData("number")]
    [InlineData("status")]
    [InlineData("-status")]
    [InlineData("focusArea")]
    [InlineData("-focusArea")]
    [InlineData("startDate")]
    [InlineData("-startDate")]
    [InlineData("dueDate")]
    [InlineData("-dueDate")]
    [InlineData("priority")]
    [InlineData("-priority")]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    [InlineData("updatedAt")]
    [InlineData("-updatedAt")]
    [InlineData("dueDate,-priority")]
    [InlineData("-priority,owner,-title")]
    [InlineData("focusArea,status,-owner")]
    public async Task Any_sort_pages_the_same_on_both(string sort)
    {
        foreach (var list in (string[])["/plans/p/actions", "/actions"])
        {
            var (first, second) = await PagesAsync($"{list}?sort={sort}&limit=7");

            Assert.Equal(first, second);
            Assert.Equal(InOrder.Order(StringComparer.Ordinal), Items(first, "title").Order(StringComparer.Ordinal));
        }
    }

    [BothEnginesFact]
    public void The_list_above_is_all_of_them()
    {
        Assert.Equal(Shuffled.Order(StringComparer.Ordinal), InOrder.Order(StringComparer.Ordinal));
    }

    static IEnumerable<string?> Items(IEnumerable<string> pages, string property) =>
        pages.SelectMany(page => JsonNode.Parse(page)!["items"]!.AsArray().Select(item => item![property]?.ToString()));

    // Every page of a list on each engine, as it came but for the host.
    async Task<(List<string> Sqlite, List<string> Postgresql)> PagesAsync(string path)
    {
        return (await ReadAsync(words.Sqlite), await ReadAsync(words.Postgresql));

        async Task<List<string>> ReadAsync(ApiHost host)
        {
            var pages = new List<string>();
            for (var (page, last) = (1, 1); page <= last; page++)
            {
                var answer = await host.Admin.GetAsync($"{path}&page={page}");
                last = answer.Must(200)["_meta"]!["totalPages"]!.GetValue<int>();
                pages.Add(answer.Text.Replace(host.Address.Authority, "HOST"));
            }

            return pages;
        }
    }
}

namespace ActionPlan.Tests.Actions;

/// <summary>What <c>q</c> finds.</summary>
public class SearchTextTests(PlanHost host) : IClassFixture<PlanHost>
{
    const string Nfd = "A\u030atga\u0308rd fo\u0308r Asa";

    [Theory]
    // A term of three letters or more is found anywhere.
    [InlineData("Introduktionsutbildning för nya", "utbildning", true)]
    [InlineData("Introduktionsutbildning för nya", "DUKTIONS", true)]
    [InlineData("Introduktionsutbildning för nya", "ning", true)]
    [InlineData("Introduktionsutbildning för nya", "utbildningen", false)]
    [InlineData("Plan2026x", "2026", true)]
    [InlineData("ab cd", "abc", false)]
    [InlineData("ab cd", "abcd", false)]
    // One of one or two letters only at the start of a word.
    [InlineData("HR hjälper", "hr", true)]
    [InlineData("Stöd från hr-enheten", "HR", true)]
    [InlineData("(HR)", "hr", true)]
    [InlineData("HRM-systemet", "hr", true)]
    [InlineData("Chrome", "hr", false)]
    [InlineData("Introduktion om HRenheten", "om", true)]
    [InlineData("Problem", "em", false)]
    [InlineData("Alla är med", "a", true)]
    [InlineData("Bra", "a", false)]
    [InlineData("Bra", "b", true)]
    [InlineData("Steg 2 av 13", "2", true)]
    [InlineData("Steg 2 av 13", "13", true)]
    [InlineData("Steg 2 av 13", "3", false)]
    [InlineData("Rätt\u00a0år", "år", true)]
    [InlineData("Chefens roll\nEn rad", "en", true)]
    // Case folds for Swedish letters; å, ä, ö are no a, o.
    [InlineData("Ny åtgärd", "ÅTGÄRD", true)]
    [InlineData("NY ÅTGÄRD", "åtgärd", true)]
    [InlineData("ÖPPENVÅRD", "öppenvård", true)]
    [InlineData("É", "é", true)]
    [InlineData("åtgärd", "atgard", false)]
    [InlineData("åtgärd", "åtgard", false)]
    [InlineData("Arbetsgrupp", "årbetsgrupp", false)]
    [InlineData("öl", "ol", false)]
    [InlineData("ol", "öl", false)]
    [InlineData("åka", "ak", false)]
    // However the letters are composed.
    [InlineData(Nfd, "åtgärd", true)]
    [InlineData(Nfd, "ATGARD", false)]
    [InlineData(Nfd, "asa", true)]
    [InlineData("Åtgärd för Asa", "a\u030atga\u0308rd", true)]
    [InlineData("Åtgärd för Asa", "A\u030aTGA\u0308RD FO\u0308", true)]
    // All terms must match, in any order and place.
    [InlineData("Mentor för nyanställda", "nyanställda mentor", true)]
    [InlineData("Mentor för nyanställda", "mentor chef", false)]
    [InlineData("Mentor för nyanställda", "mentor,nyanställda;för", true)]
    [InlineData("Mentor för nyanställda", "mentor mentor", true)]
    [InlineData("HR-enheten", "enheten HR", true)]
    [InlineData("HR-enheten", "HR-enheten", true)]
    [InlineData("HR-enheten", "hrenheten", false)]
    // Other characters only separate: no wildcards, no operators.
    [InlineData("abcdef", "a%f", false)]
    [InlineData("abcdef", "abc%def", true)]
    [InlineData("abcdef", "abc_ef", false)]
    [InlineData("abcdef", "a*", true)]
    [InlineData("abcdef", "a?c", false)]
    [InlineData("Mentor eller coach", "mentor OR saknas", false)]
    [InlineData("Mentor eller coach", "mentor NOT coach", false)]
    [InlineData("Mentor eller coach", "\"mentor eller\"", true)]
    [InlineData("Mentor eller coach", "title:mentor", false)]
    [InlineData("Mentor", "mentor'; drop table action; --", false)]
    [InlineData("Fika🎉kväll", "kv", true)]
    [InlineData("Fika🎉kväll", "fika🎉", true)]
    // No letter or digit finds nothing.
    [InlineData("Mentor %_!", "", false)]
    [InlineData("Mentor %_!", " ", false)]
    [InlineData("Mentor %_!", "%", false)]
    [InlineData("Mentor %_!", "%%%", false)]
    [InlineData("Mentor %_!", "_", false)]
    [InlineData("Mentor %_!", "___", false)]
    [InlineData("Mentor %_!", "!", false)]
    [InlineData("Mentor - eller", "-", false)]
    [InlineData("Mentor 🎉", "🎉", false)]
    [InlineData("Mentor 🎉🎉🎉", "🎉🎉🎉", false)]
    [InlineData("Mentor \u0301", "\u0301", false)]
    public async Task A_text_is_found_or_not(string text, string q, bool isFound)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", description = text });
        await host.ActionAsync(plan, new { title = "y" });

        Assert.Equal(isFound ? [$"{plan}-1"] : [], await FoundAsync(plan, q));
    }

    [Theory]
    [InlineData("titelord", true)]
    [InlineData("beskrivningsord", true)]
    [InlineData("ansvarigord", true)]
    [InlineData("titelord ansvarigord beskrivningsord", true)]
    [InlineData("titelord ansvarigord effektord", false)]
    [InlineData("effektord", false)]
    [InlineData("initiativord", false)]
    [InlineData("deltagarord", false)]
    [InlineData("taggord", false)]
    public async Task Title_description_and_owner_are_searched(string q, bool isFound)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new
        {
            title = "Titelord",
            description = "Beskrivningsord",
            owner = "Ansvarigord",
            expectedEffect = "Effektord",
            initiator = "Initiativord",
            participants = new[] { "Deltagarord" },
            tags = new[] { "Taggord" },
        });

        Assert.Equal(isFound ? [$"{plan}-1"] : [], await FoundAsync(plan, q));
    }

    [Fact]
    public async Task It_stays_right_when_the_text_changes()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Handledning", description = "Kollegialt", owner = "Rektor" });

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Mentorskap", owner = "Enhetschef" })).Must(200);
        Assert.Empty(await FoundAsync(plan, "handledning"));
        Assert.Empty(await FoundAsync(plan, "rektor"));
        Assert.Single(await FoundAsync(plan, "mentorskap enhetschef kollegialt"));

        (await host.Admin.PatchAsync($"/actions/{plan}-1", """{"description":null,"owner":null}""")).Must(200);
        Assert.Empty(await FoundAsync(plan, "kollegialt"));
        Assert.Empty(await FoundAsync(plan, "enhetschef"));
        Assert.Single(await FoundAsync(plan, "mentorskap"));

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "inProgress", priority = "high" })).Must(200);
        Assert.Single(await FoundAsync(plan, "mentorskap"));
    }

    [Fact]
    public async Task What_is_deleted_is_found_again_when_it_is_restored()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Handledning" });
        await host.ActionAsync(plan, new { title = "Handledning igen" });

        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        Assert.Equal([$"{plan}-2"], await FoundAsync(plan, "handledning"));

        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);
        Assert.Equal([$"{plan}-1", $"{plan}-2"], await FoundAsync(plan, "handledning"));

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Mentorskap" })).Must(200);
        Assert.Equal([$"{plan}-2"], await FoundAsync(plan, "handledning"));
    }

    [Fact]
    public async Task It_finds_across_plans()
    {
        var (one, two) = (await host.PlanAsync("soc"), await host.PlanAsync("vof"));
        var word = Given.Key("Sällsynt");
        await host.ActionAsync(one, new { title = word });
        await host.ActionAsync(two, new { title = "Också " + word });

        Assert.Equal([$"{one}-1", $"{two}-1"], (await host.Admin.GetAsync($"/actions?q={word}")).Items("key").Order());
    }

    [Fact]
    public async Task Many_terms_are_searched_for_and_three_hundred_characters_are_the_most()
    {
        var plan = await host.PlanAsync();
        var terms = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}"));
        await host.ActionAsync(plan, new { title = terms });
        await host.ActionAsync(plan, new { title = terms[3..] });

        Assert.Equal([$"{plan}-1"], await FoundAsync(plan, terms));
        var tooLong = await host.Admin.GetAsync($"/plans/{plan}/actions?q={Uri.EscapeDataString(terms)}xx");
        Assert.Equal(["q tooLong"], tooLong.Faults());
    }

    async Task<IEnumerable<string?>> FoundAsync(string plan, string q)
    {
        var answer = await host.Admin.GetAsync($"/plans/{plan}/actions?q={Uri.EscapeDataString(q)}");
        var keys = answer.Items("key").ToList();
        Assert.Equal(keys.Count, answer["_meta"]!["totalRecords"]!.GetValue<int>());
        return keys;
    }
}

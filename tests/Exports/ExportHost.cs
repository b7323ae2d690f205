using System.Text;

namespace ActionPlan.Tests.Exports;

/// <summary>A plan of five actions that hold whatever a file may stumble over, and one in another department.</summary>
public sealed class ExportHost : PlanHost
{
    public ExportHost() : base(("Seeds:Load", "catalogue")) => Clock.StopAt("2026-03-28T22:00:00Z");

    /// <summary>The plan's list as a file.</summary>
    public Task<Answer> FileAsync(string query, params (string, string)[] headers) => Admin.GetAsync("/plans/soc-2026/actions?" + query, headers);

    /// <summary>The text of a file, byte order mark and all.</summary>
    public static string Whole(Answer answer) => Encoding.UTF8.GetString(answer.Bytes);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        foreach (var (key, title) in new[] { ("halsa", "Hälsa; arbetsmiljö"), ("moten", "Möten"), ("moten-2", "möten") })
            (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { key, title })).Must(201);

        await this.ActionAsync("soc-2026", new
        {
            title = "Allt på en gång",
            description = "Första raden; \"citat\"\nAndra raden, å ä ö 😀",
            focusArea = "halsa",
            status = "paused",
            statusReason = "Väntar",
            owner = "HR-enheten",
            ownerEmail = "hr@example.se",
            initiator = "APT",
            participants = (string[])["Vision, Kommunal", "Facken"],
            deadline = "hösten 2026",
            priority = "high",
            isHighlighted = true,
            expectedEffect = "=1+1",
            source = "1-2",
            measureNumber = 80,
            isTrial = true,
            decisionDueDate = "2026-12-24",
            followUpInterval = "halfYearly",
            nextFollowUpDate = "2026-06-01",
            evaluationResponsible = "'citerad",
            evaluationDueDate = "2027-01-31",
            evaluationSupport = "@högskolan",
            tags = (string[])["ett", "två"],
            externalId = "0017",
        });
        await this.ActionAsync("soc-2026", new { title = "-minus", focusArea = "moten", dueDate = "2026-03-01", description = "_x000D_ och\r\nradbyte & <b> 'x", tags = (string[])["a;b"] });
        await this.ActionAsync("soc-2026", new { title = "+46 8 123", status = "inProgress", recurrence = "continuous", externalId = "12345678901234567890" });
        await this.ActionAsync("soc-2026", new { title = "'=SUMMA(A1)", status = "cancelled", statusReason = " mellanslag ", dueDate = "1899-12-31" });
        await this.ActionAsync("soc-2026", new { title = "Förslag", status = "proposed", startDate = "2026-05-04", dueDate = "2026-05-05", focusArea = "moten-2" });
        await this.ActionAsync("vof-2026", new { title = "Någon annans" });
    }
}

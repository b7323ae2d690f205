using System.Globalization;

namespace ActionPlan.Tests.Data;

/// <summary>The connection breaks after "commit" was said and before it was answered: was it stored?</summary>
public class BrokenCommitTests
{
    [OnPostgres]
    public async Task A_commit_that_never_arrived_is_503_and_sent_again_it_is_stored_once()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Proxy.NextCommit = CommitFate.Lost;

        var refused = await own.PostAsync("Förlorad");

        refused.MustBeProblem(503, "unavailable");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("soc-2026-1", (await own.PostAsync("Förlorad")).Must(201)["key"]!.ToString());
        own.MustHold("Förlorad");
    }

    [OnPostgres]
    public async Task A_commit_whose_answer_got_lost_is_told_as_done()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Proxy.NextCommit = CommitFate.Unanswered;

        Assert.Equal("soc-2026-1", (await own.PostAsync("Sparad")).Must(201)["key"]!.ToString());

        Assert.Equal(CommitFate.Delivered, own.Proxy.NextCommit);
        (await own.Host.Admin.PatchAsync("/actions/soc-2026-1", new { priority = "high" })).Must(200);
        own.MustHold("Sparad");
    }

    [OnPostgres]
    public async Task A_commit_that_arrives_late_is_waited_for()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Proxy.NextCommit = CommitFate.Late;

        var writing = own.PostAsync("Sen");
        await Eventually.HoldsAsync(() => own.Waiting == 1, "the service asks, behind the open transaction");
        Assert.False(writing.IsCompleted);
        own.Proxy.DeliverLate();

        (await writing).Must(201);
        own.MustHold("Sen");
    }

    [OnPostgres]
    public async Task Nobody_is_answered_before_the_database_can_be_asked()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Proxy.NextCommit = CommitFate.Unanswered;
        own.Proxy.ClosesAfterCommit = true;

        var writing = own.PostAsync("Väntad");
        await Eventually.HoldsAsync(() => own.Proxy.Refused > 3, "the service asks and asks again");
        Assert.False(writing.IsCompleted);
        own.Proxy.IsClosed = false;

        (await writing).Must(201);
        own.MustHold("Väntad");
    }

    [OnPostgres]
    public async Task When_the_database_stays_away_the_answer_says_that_nobody_knows()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Proxy.NextCommit = CommitFate.Unanswered;
        own.Proxy.ClosesAfterCommit = true;

        var answer = await own.PostAsync("Oviss");

        Assert.DoesNotContain("inget har sparats", answer.MustBeProblem(503, "in-doubt")["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        own.Proxy.IsClosed = false;
        // The client looks before it sends the request again, and finds it.
        Assert.Equal(["Oviss"], (await own.Host.Admin.GetAsync("/actions")).Items("title"));
        (await own.PostAsync("Nästa")).Must(201);
        own.MustHold("Oviss", "Nästa");
    }

    [OnPostgres]
    public async Task A_connection_that_was_cut_while_it_rested_is_nobodys_fault()
    {
        await using var own = await ProxiedHost.StartAsync();
        (await own.PostAsync("Före")).Must(201);
        own.Proxy.Cut();
        (await own.PostAsync("Efter")).Must(201);
        own.MustHold("Före", "Efter");
    }
}

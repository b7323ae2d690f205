namespace ActionPlan.Tests.Commands;

public class RedactCommandTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task What_an_action_said_before_is_gone_and_the_log_still_whole()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Ring Hemlig", owner = "Hemlig", status = "paused", statusReason = "Hemlig är sjuk", tags = new[] { "Hemlig" }, dueDate = "2026-05-01" });
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ring", owner = (string?)null, statusReason = "Väntar", tags = Array.Empty<string>() })).Must(200);
        var live = (await host.Admin.GetAsync($"/actions/{plan}-1")).Text;

        var ended = await RunAsync("redact", "--resource", "action", "--key", $"{plan}-1", "--reason", "Begäran 2026/17");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        var number = (await host.RowsAsync("select number from change where resource_key = @Key and kind = 'created'", new { Key = $"{plan}-1" })).Single()["number"];
        Assert.Equal($"1 changes of action {plan}-1 redacted: {number}\n", ended.Output);
        Assert.Empty(await host.RowsAsync("select number from change where state like '%Hemlig%' or reason like '%Hemlig%' or folded like '%emlig%'"));
        Assert.Equal(live, (await host.Admin.GetAsync($"/actions/{plan}-1")).Text);

        var history = (await host.Admin.GetAsync($"/actions/{plan}-1/changes")).Must(200)["items"]!.AsArray();
        Assert.Equal(["False", "True"], history.Select(change => change!["isRedacted"]!.GetValue<bool>().ToString()));
        Assert.Equal((null, "created"), (history[1]!["reason"]?.ToString(), history[1]!["kind"]!.ToString()));
        Assert.Equal(
            ["dueDate", "isHighlighted", "isTrial", "key", "number", "participants", "plan", "recurrence", "status", "tags", "title"],
            history[1]!["changedFields"]!.AsArray().Select(field => field!["field"]!.ToString()).Order(StringComparer.Ordinal));

        var record = (await host.Admin.GetAsync($"/changes?resource=redaction&plan={plan}")).Must(200)["items"]!.AsArray().Single()!;
        Assert.Equal(("command line", "Begäran 2026/17", "soc"), (record["by"]!.ToString(), record["reason"]!.ToString(), record["department"]!.ToString()));

        var verified = await RunAsync("verify");
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.Contains($"{number} action {plan}-1: redacted in {record["number"]}\n", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_redacted_change_cannot_be_altered_unseen()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        await own.Host.ActionAsync("soc-2026", new { title = "Hemlig", owner = "HR" });
        (await own.Host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "x" })).Must(200);
        var ended = await VerifyCommandTests.RunAsync(own.Host, "redact", "--number", "6", "--fields", "title", "--reason", "Begäran");
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("HR", (await own.Host.RowsAsync("select state from change where number = 6")).Single()["state"]!.ToString(), StringComparison.Ordinal);

        foreach (var (tampering, undoing) in new[]
        {
            ("update change set state = replace(state, 'HR', 'IT') where number = 6", "update change set state = replace(state, 'IT', 'HR') where number = 6"),
            ("update change set redacted_in = null where number = 6", "update change set redacted_in = 8 where number = 6"),
            ("update change set redacted_in = 8 where number = 5", "update change set redacted_in = null where number = 5"),
        })
        {
            await own.Host.ExecuteAsync(tampering);
            Assert.Equal((1, $"change {(undoing.EndsWith('5') ? 5 : 6)} is not as it was written"), await VerifiedAsync(own.Host));
            await own.Host.ExecuteAsync(undoing);
        }

        Assert.Equal((0, ""), await VerifiedAsync(own.Host));
        // Once more, and more of it.
        Assert.Equal(0, (await VerifyCommandTests.RunAsync(own.Host, "redact", "--number", "6", "--reason", "Begäran")).ExitCode);
        Assert.Equal((0, ""), await VerifiedAsync(own.Host));
        await own.Host.ActionAsync("soc-2026");
        Assert.Equal((0, ""), await VerifiedAsync(own.Host));

        static async Task<(int, string)> VerifiedAsync(ApiHost host) =>
            await VerifyCommandTests.RunOnAsync(host) is var ended ? (ended.ExitCode, ended.Error.TrimEnd()) : default;
    }

    [Fact]
    public async Task What_never_changes_is_cleared_where_it_stands_too()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor", description = "Beskrivning" });
        var id = (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "Klienten Osynlig ringde", author = "Osynlig", prognosis = "green" })).Must(201)["id"]!.ToString();
        Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync("/actions?q=osynlig")).Items("key"));

        var ended = await RunAsync("redact", "--resource", "followUp", "--key", id, "--reason", "Klientuppgift");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        var followUp = (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups/{id}")).Must(200);
        Assert.Equal((null, "", "green"), (followUp["note"]?.ToString(), followUp["author"]!.ToString(), followUp["prognosis"]!.ToString()));
        Assert.Empty((await host.Admin.GetAsync("/actions?q=osynlig")).Items("key"));
        Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync("/actions?q=beskrivning+mentor")).Items("key"));

        await host.ActionInAsync(plan, "proposed");
        var decision = (await host.Admin.PostAsync($"/actions/{plan}-2/decisions", new { outcome = "accepted", reason = "Osynlig vill", note = "Osynlig", decidedBy = "Osynlig", author = "Osynlig" })).Must(201);
        Assert.Equal(0, (await RunAsync("redact", "--resource", "decision", "--key", decision["id"]!.ToString(), "--reason", "Klientuppgift")).ExitCode);
        var cleared = (await host.Admin.GetAsync($"/actions/{plan}-2/decisions/{decision["id"]}")).Must(200);
        Assert.Equal((null, null, null, "", "accepted"), (cleared["reason"]?.ToString(), cleared["note"]?.ToString(), cleared["decidedBy"]?.ToString(), cleared["author"]!.ToString(), cleared["outcome"]!.ToString()));

        Assert.DoesNotContain("Osynlig", (await host.Admin.GetAsync($"/plans/{plan}/changes?resource=followUp,decision")).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify")).ExitCode);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "--reason|x", "takes either" },
        { "--number|1|--resource|action|--key|soc-2026-1|--reason|x", "takes either" },
        { "--resource|action|--reason|x", "takes either" },
        { "--number|1", "--reason" },
        { "--number|1|--reason| ", "--reason: must say why" },
        { "--number|999999|--reason|x", "no such change" },
        { "--resource|action|--key|nix-1|--reason|x", "no such change" },
        { "--resource|plan|--key|soc-2026|--reason|x", "change it through the API first" },
        { "--resource|plan|--key|vof-2026|--fields|titel|--reason|x", "no property 'titel'" },
        { "--resource|plan|--key|vof-2026|--fields|status|--reason|x", "'status' is no text" },
    };

    [Fact]
    public async Task A_wrong_argument_is_told_in_one_line_with_exit_code_2_and_erases_nothing()
    {
        (await host.Admin.PatchAsync("/plans/vof-2026", new { title = "Ett annat namn" })).Must(200);
        var before = await host.ChangesAsync();

        foreach (var row in Wrong)
        {
            var ended = await RunAsync(["redact", .. ((string)row[0]).Split('|')]);
            Assert.True(ended.ExitCode == 2 && ended.Output.Length == 0 && ended.OnlyLine().Contains((string)row[1], StringComparison.Ordinal), $"{row[0]}: {ended}");
        }

        Assert.Equal(before, await host.ChangesAsync());
        Assert.Empty(await host.RowsAsync("select number from change where redacted_in is not null and plan = 'vof-2026'"));
    }

    Task<Executable.Finished> RunAsync(params string[] arguments) => VerifyCommandTests.RunAsync(host, arguments);
}

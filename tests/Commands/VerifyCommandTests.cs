namespace ActionPlan.Tests.Commands;

/// <summary>Whatever is done to the change log behind the service's back is found.</summary>
public class VerifyCommandTests(VerifyCommandTests.WrittenHost host) : IClassFixture<VerifyCommandTests.WrittenHost>
{
    /// <summary>A log with a few of everything, a move between departments among it. Nobody writes after that.</summary>
    public sealed class WrittenHost : PlanHost
    {
        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            await this.ActionAsync("soc-2026", new { title = "Mentor åäö \"”", statusReason = "skäl" });
            (await Admin.PostAsync("/actions/soc-2026-1/follow-ups", new { note = "Bra" })).Must(201);
            (await Admin.PatchAsync("/actions/soc-2026-1", new { status = "paused", statusReason = "Väntar" })).Must(200);
            (await Admin.PatchAsync("/plans/soc-2026", new { department = "vof" })).Must(200);
            (await Admin.DeleteAsync("/actions/soc-2026-1")).Must(204);
        }
    }

    [Fact]
    public async Task A_log_as_it_was_written_is_told_so_with_where_it_ends()
    {
        var ended = await RunAsync();

        var end = (await host.RowsAsync("select number, digest from change_clock")).Single();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal($"{end["number"]} changes, all as they were written, 0 of them redacted\n{end["number"]}:{end["digest"]}\n", ended.Output);
        Assert.Equal(0, (await RunAsync("--holds", $"{end["number"]}:{end["digest"]}")).ExitCode);
        // As an operator runs it.
        Assert.Equal(ended, await Executable.Built.RunAsync(["verify"], host.Database.Environment));
    }

    /// <summary>What is done, and what undoes it; <c>change_copy</c> holds the log as it was.</summary>
    public static TheoryData<string, string> Tampered => new()
    {
        { "update change set state = replace(state, 'Mentor', 'Fadder') where number = 6", "change 6 is not as it was written" },
        { "update change set state = state || ' ' where number = 6", "change 6 is not as it was written" },
        { "update change set reason = 'ett annat' where number = 8", "change 8 is not as it was written" },
        { "update change set reason = null where number = 8", "change 8 is not as it was written" },
        { "update change set actor = 'någon annan' where number = 5", "change 5 is not as it was written" },
        { "update change set kind = 'updated' where number = 5", "change 5 is not as it was written" },
        { "update change set at = '2020-01-01T00:00:00.000Z' where number = 1", "change 1 is not as it was written" },
        { "update change set at = '2020-01-01T00:00:00.000Z' where number = 5", "change 5 is older than the one before it" },
        { "update change set digest = '00' where number = 1", "change 1 is not as it was written" },
        { "update change set digest = (select digest from change_copy where number = 4) where number = 5", "change 5 is not as it was written" },
        { "update change set left_department = null where left_department is not null and resource = 'plan'", "change 9 is not as it was written" },
        { "update change set left_department = 'soc' where number = 8", "change 8 is not as it was written" },
        { "update change set state = '{}', redacted_in = 7 where number = 6", "change 6 is not as it was written" },
        { "delete from change where number = 1", "change 1 is missing" },
        { "delete from change where number = 6", "change 6 is missing" },
        { "delete from change where number >= 9", "change 9 is missing" },
        { "delete from change", "change 1 is missing" },
        { "update change set number = -6 where number = 6; update change set number = 6 where number = 7; update change set number = 7 where number = -6", "change 6 is not as it was written" },
        { "insert into change (number, at, actor, resource, resource_key, kind, state, digest) select 0, at, actor, resource, resource_key, kind, state, digest from change where number = 1", "change 1 is preceded by one that was never written" },
        { "update change_clock set number = number - 1", "change 13 was added behind the end of the log" },
        { "update change_clock set number = number + 1", "change 14 is missing" },
        { "update change_clock set digest = ''", "change 13 is not what the end of the log tells" },
        { "update change_clock set at = '2020-01-01T00:00:00.000Z'", "change 13 is not what the end of the log tells" },
    };

    [Fact]
    public async Task Whatever_is_altered_missing_or_moved_is_found()
    {
        Assert.Equal(13, await host.ChangesAsync());
        await host.ExecuteAsync("create table change_copy as select * from change");
        await host.ExecuteAsync("create table clock_copy as select * from change_clock");
        foreach (var row in Tampered)
        {
            var (tampering, finding) = ((string)row[0], (string)row[1]);
            await host.ExecuteAsync(tampering);

            var ended = await RunAsync();

            Assert.True((ended.ExitCode, ended.Error) == (1, finding + "\n"), $"{tampering}: {ended}");
            await host.ExecuteAsync("delete from change; insert into change select * from change_copy; delete from change_clock; insert into change_clock select * from clock_copy");
        }

        Assert.Equal(0, (await RunAsync()).ExitCode);
    }

    [Fact]
    public async Task A_log_cut_off_with_its_end_moved_back_is_found_by_what_was_noted_before()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        await own.Host.ActionAsync("soc-2026");
        var noted = (await RunOnAsync(own.Host)).Output.TrimEnd().Split('\n')[^1];

        await own.Host.ExecuteAsync("delete from change where number = 6");
        await own.Host.ExecuteAsync("update change_clock set (number, at, digest) = (select number, at, digest from change where number = 5)");

        Assert.Equal(0, (await RunOnAsync(own.Host)).ExitCode);
        var cut = await RunOnAsync(own.Host, "--holds", noted);
        Assert.Equal((1, "change 6 is missing"), (cut.ExitCode, cut.OnlyLine()));
        await own.Host.ActionAsync("vof-2026");
        var replaced = await RunOnAsync(own.Host, "--holds", noted);
        Assert.Equal((1, "change 6 is not the one that --holds tells of"), (replaced.ExitCode, replaced.OnlyLine()));
        Assert.Equal(2, (await RunOnAsync(own.Host, "--holds", "6")).ExitCode);
    }

    Task<Executable.Finished> RunAsync(params string[] arguments) => RunOnAsync(host, arguments);

    /// <summary>Runs the command on a host's database.</summary>
    public static Task<Executable.Finished> RunOnAsync(ApiHost host, params string[] arguments) => RunAsync(host, ["verify", .. arguments]);

    /// <summary>Runs any command on a host's database.</summary>
    public static Task<Executable.Finished> RunAsync(ApiHost host, params string[] arguments) => Executable.RunHereAsync(arguments, host.Database.Environment);
}

using System.CommandLine;
using ActionPlan.Changes;
using ActionPlan.Data;
using Dapper;

namespace ActionPlan.Commands;

/// <summary><c>verify</c>: finds whatever has been altered, removed or moved in the change log behind the service's back.</summary>
static class VerifyCommand
{
    public static Command Create(string[] settings)
    {
        var holds = new Option<string?>("--holds") { Description = "NUMBER:DIGEST, as an earlier run printed it: the log must still hold that change." };
        var command = new Command("verify", "Check the whole change log, row by row; exit code 1 if it is not as it was written. The service may run meanwhile.") { holds };
        command.SetAction(async (arguments, _) =>
        {
            await using var app = Program.Build(settings);
            var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
            var engine = app.Services.GetRequiredService<Database>().Engine;
            await using var connection = await engine.OpenAsync();
            await Migrations.CheckAsync(connection, engine, "ConnectionStrings__ActionPlan");
            await connection.ExecuteAsync(engine.Snapshot);

            var (number, digest, at, redacted) = (0L, "", DateTimeOffset.MinValue, 0);
            var (held, heldDigest) = Parse(arguments.GetValue(holds));
            await foreach (var row in connection.QueryUnbufferedAsync<ChangeRow>(ChangeRow.Sql + " order by change.number"))
            {
                if (row.Number != number + 1) return Fail(number + 1, row.Number > number ? "is missing" : "is preceded by one that was never written");
                if (row.At < at) return Fail(row.Number, "is older than the one before it");
                if (!row.IsWhole(digest)) return Fail(row.Number, "is not as it was written");
                if (row.Number == held && row.Digest != heldDigest) return Fail(row.Number, "is not the one that --holds tells of");
                if (row.RedactedIn is { } by)
                {
                    output.WriteLine($"{row.Number} {row.Resource} {row.ResourceKey}: redacted in {by}");
                    redacted++;
                }

                (number, digest, at) = (row.Number, row.Digest, row.At);
            }

            var end = await connection.QuerySingleAsync<ChangeLog.End>("select number, at, digest from change_clock");
            if (end.Number > number) return Fail(number + 1, "is missing");
            if (end.Number < number) return Fail(end.Number + 1, "was added behind the end of the log");
            if (end.Digest != digest || (number > 0 && end.At != at)) return Fail(number, "is not what the end of the log tells");
            if (held > number) return Fail(number + 1, "is missing");

            output.WriteLine($"{number} changes, all as they were written, {redacted} of them redacted");
            output.WriteLine($"{number}:{digest}");
            return 0;

            int Fail(long number, string how)
            {
                error.WriteLine($"change {number} {how}");
                return 1;
            }
        });
        return command;
    }

    static (long Number, string Digest) Parse(string? text)
    {
        if (text is null) return (0, "");
        return text.Split(':') is [var number, { Length: 64 } digest] && long.TryParse(number, out var held) && held > 0
            ? (held, digest)
            : throw new SettingException("--holds", $"must be NUMBER:DIGEST, is '{text}'");
    }
}

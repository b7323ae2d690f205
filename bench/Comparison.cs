namespace ActionPlan.Bench;

/// <summary>
/// Measures the service and what it is held against in turn, in short slices, so that whatever else the machine does
/// hits both; each figure is the median of the rounds.
/// </summary>
static class Comparison
{
    static readonly int[] Connections = [1, 16, 64];

    public static async Task RunAsync(int[] sizes, int rounds, double seconds, string folder, string engine, string? connection)
    {
        Directory.CreateDirectory(folder);
        foreach (var size in sizes)
        {
            var stored = Path.Combine(folder, $"{size}.db");
            if (!File.Exists(stored)) await Generator.RunAsync(size, stored);
            var run = Directory.CreateDirectory(Path.Combine(folder, "run"));
            try
            {
                var database = Path.Combine(run.FullName, "actions.db");
                File.Copy(stored, database);
                await using var target = await Target.CreateAsync(engine, connection, database);
                await RunAsync(size, new Workloads(database), target, run.FullName, rounds, TimeSpan.FromSeconds(seconds));
            }
            finally
            {
                run.Delete(true);
            }
        }
    }

    static async Task RunAsync(int size, Workloads workloads, Target database, string folder, int rounds, TimeSpan time)
    {
        await Server.FirstAnswerAsync(database);
        var first = await Server.FirstAnswerAsync(database);
        using var service = await Server.StartServiceAsync(database);
        await Task.Delay(2000);
        var idle = service.RssAnon;

        var answers = Directory.CreateDirectory(Path.Combine(folder, "answers")).FullName;
        foreach (var (workload, i) in workloads.All.Select((w, i) => (w, i)))
            await File.WriteAllTextAsync(Path.Combine(answers, i.ToString()), await Load.AnswerAsync(service, workload));
        using var bare = await Server.StartBareAsync(answers);
        using var disk = new Disk(folder);

        for (var round = 0; round < 3; round++)
            foreach (var (workload, i) in workloads.All.Select((w, i) => (w, i)))
            {
                await Load.RunAsync(service, workload, 16, time);
                await Load.RunAsync(bare, workload, 16, time / 2, $"/{i}");
            }

        Console.WriteLine($"\n## {size:N0} actions, {database.Engine}\n");
        Console.WriteLine("| request | connections | per second | of bare | of single commits | CPU µs | CPU × bare | median ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (workload, i) in workloads.All.Select((w, i) => (w, i)))
            foreach (var connections in Connections)
            {
                var slices = new List<(Slice Service, Slice Bare, double Commits)>();
                for (var round = 0; round < rounds; round++)
                {
                    var commits = workload.Status == 201 || workload.Name == "PATCH" ? disk.Run(time / 2) : 0;
                    slices.Add((await Load.RunAsync(service, workload, connections, time), await Load.RunAsync(bare, workload, connections, time / 2, $"/{i}"), commits));
                }

                Console.WriteLine($"| {workload.Name} | {connections} | {Median(s => s.Service.PerSecond):N0} | {Median(s => s.Service.PerSecond / s.Bare.PerSecond):P0} "
                    + $"| {(slices[0].Commits == 0 ? "" : $"{Median(s => s.Service.PerSecond / s.Commits):N1} ×")} "
                    + $"| {Median(s => s.Service.Cpu):N0} | {Median(s => s.Service.Cpu / s.Bare.Cpu):N1} | {Median(s => s.Service.Median):N1} | {Median(s => s.Service.Tail):N1} |");

                double Median(Func<(Slice Service, Slice Bare, double Commits), double> of) => slices.Select(of).Order().ElementAt(rounds / 2);
            }

        Console.WriteLine($"\nSingle durable commits: {disk.Run(time):N0} per second. First answer: {first:N2} s. RssAnon: {idle:N0} MB idle, {service.RssAnon:N0} MB after the run.");
    }
}

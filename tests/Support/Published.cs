using System.Diagnostics;

namespace ActionPlan.Tests.Support;

/// <summary>The program as <c>dotnet publish</c> puts it into a folder: what is copied to a server.</summary>
public sealed class Published : IAsyncLifetime
{
    /// <summary>The folder. Empty of data until the program has run.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("actionplan-published-").FullName;

    public Executable Program => new(Path.Combine(Folder, "api.dll"));

    public async Task InitializeAsync()
    {
        // bin/Debug/net10.0 of the tests; the program was built with them, in the same configuration.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var project = Path.Combine(output.Parent!.Parent!.Parent!.Parent!.FullName, "api", "api.csproj");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", output.Parent.Name, "--no-build", "-o", Folder, "--nologo", "-v", "quiet"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, true);
        return Task.CompletedTask;
    }
}

using System.Diagnostics;

namespace ActionPlan.Tests.Exports;

/// <summary>What was exported is imported again as unchanged, whatever stands in it.</summary>
public class RoundTripTests(ExportHost host) : IClassFixture<ExportHost>
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("csv&dialect=rfc4180", "text/csv")]
    [InlineData("xlsx", Xlsx)]
    [InlineData("xlsx&dialect=rfc4180", Xlsx)]
    [InlineData("flat", "application/json")]
    public async Task A_file_changes_nothing(string format, string type) => await MustChangeNothingAsync((await host.FileAsync("format=" + format)).Bytes, type);

    [Fact]
    public async Task A_workbook_of_the_list_of_all_is_read_by_its_actions_alone()
    {
        var answer = (await host.Admin.PostAsync("/plans/soc-2026/imports", (await host.Admin.GetAsync("/actions?plan=soc-2026&format=xlsx")).Bytes, ("Content-Type", Xlsx))).Must(200);

        Assert.Equal(("5", "Åtgärder"), (answer["unchanged"]!.ToString(), answer["sheet"]!.ToString()));
        Assert.Empty(answer["warnings"]!.AsArray());
    }

    [LibreOfficeFact]
    public async Task A_workbook_that_LibreOffice_has_saved_changes_nothing_nor_does_the_CSV_that_it_makes_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "plan.xlsx"), (await host.FileAsync("format=xlsx")).Bytes);
            using var office = Process.Start(new ProcessStartInfo("bash", ["-c",
                $"soffice -env:UserInstallation=file://{folder}/profile --headless --convert-to xlsx --outdir {folder}/saved {folder}/plan.xlsx"
                + $" && soffice -env:UserInstallation=file://{folder}/profile --headless --convert-to 'csv:Text - txt - csv (StarCalc):59,34,76,1' --outdir {folder}/saved {folder}/saved/plan.xlsx"])
            { RedirectStandardOutput = true })!;
            await office.StandardOutput.ReadToEndAsync();
            await office.WaitForExitAsync();

            await MustChangeNothingAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "saved", "plan.xlsx")), Xlsx);
            await MustChangeNothingAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "saved", "plan.csv")), "text/csv");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    async Task MustChangeNothingAsync(byte[] file, string type)
    {
        var answer = (await host.Admin.PostAsync("/plans/soc-2026/imports", file, ("Content-Type", type))).Must(200);
        Assert.Equal("0 0 5 0", $"{answer["created"]} {answer["updated"]} {answer["unchanged"]} {answer["failed"]}");
    }

    sealed class LibreOfficeFactAttribute : FactAttribute
    {
        public LibreOfficeFactAttribute()
        {
            var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "soffice")));
            if (!isThere) Skip = "needs LibreOffice (apt-get install --no-install-recommends libreoffice-calc)";
        }
    }
}

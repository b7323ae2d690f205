namespace ActionPlan.Tests.Exports;

public class FlatFileTests(ExportHost host) : IClassFixture<ExportHost>
{
    [Fact]
    public async Task An_object_holds_what_the_list_holds_lists_as_text()
    {
        var file = await host.FileAsync("format=flat");
        var flat = file.Must(200).AsArray();
        var items = (await host.FileAsync("")).Must(200)["items"]!.AsArray();

        Assert.Equal("application/json; profile=flat", file.Headers["Content-Type"]);
        Assert.Equal(5, flat.Count);
        foreach (var (row, item) in flat.Zip(items))
            foreach (var (name, value) in row!.AsObject())
                if (name is not ("participants" or "tags")) Assert.Equal(item![name]?.ToJsonString(), value?.ToJsonString());
        Assert.Equal("Vision, Kommunal\nFacken|ett; två||a;b\n", $"{flat[0]!["participants"]}|{flat[0]!["tags"]}|{flat[1]!["participants"]}|{flat[1]!["tags"]}");
    }
}

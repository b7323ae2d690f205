namespace ActionPlan.Tests.Departments;

public class ListDepartmentsTests(ListDepartmentsTests.DepartmentsHost host) : IClassFixture<ListDepartmentsTests.DepartmentsHost>
{
    /// <summary>Five departments that no test changes.</summary>
    public sealed class DepartmentsHost : ApiHost
    {
        protected override async Task PrepareAsync()
        {
            foreach (var (key, name) in new[] { ("a", "Överförmyndaren"), ("b", "Äldreomsorgen"), ("c", "Arbetsmarknad"), ("d", "arbetsmarknad"), ("e", "Zoologi"), ("f", "Ånge") })
                (await Admin.PostAsync("/departments", new { key, name })).Must(201);
        }
    }

    [Fact]
    public async Task They_stand_by_name_in_Swedish_order()
    {
        Assert.Equal(["arbetsmarknad", "Arbetsmarknad", "Zoologi", "Ånge", "Äldreomsorgen", "Överförmyndaren"], (await host.Admin.GetAsync("/departments")).Items("name"));
    }

    [Fact]
    public async Task They_are_paged_with_links()
    {
        var page = (await host.Admin.GetAsync("/departments?limit=4&page=2")).Must(200);

        Assert.Equal("b a", string.Join(' ', page["items"]!.AsArray().Select(i => i!["key"])));
        Assert.Equal("2 4 2 6 2", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.Equal(["create POST", "first GET", "last GET", "prev GET", "self GET"], page.Links());
        Assert.Equal($"{host.Address}action-plan/v1/departments?limit=4&page=1", page.Link("prev"));
        Assert.Equal((await host.Admin.GetAsync("/departments/b")).Must(200).Without(), page["items"]![0]!.Without());
    }

    [Theory]
    [InlineData("page=0", 0, 1)]
    [InlineData("page=3&limit=3", 0, 2)]
    public async Task A_page_outside_the_range_is_empty(string query, int count, int pages)
    {
        var page = (await host.Admin.GetAsync($"/departments?{query}")).Must(200);

        Assert.Empty(page["items"]!.AsArray());
        Assert.Equal((count, 6, pages), (page["_meta"]!["count"]!.GetValue<int>(), page["_meta"]!["totalRecords"]!.GetValue<int>(), page["_meta"]!["totalPages"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("limit=0", "limit outOfRange")]
    [InlineData("sort=name&limit=abc", "limit outOfRange, sort unknownParameter")]
    public async Task A_faulty_parameter_is_400(string query, string faults)
    {
        Assert.Equal(faults, string.Join(", ", (await host.Admin.GetAsync($"/departments?{query}")).Faults()));
    }
}

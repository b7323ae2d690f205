using ActionPlan.Actions;
using ActionPlan.Exports;
using ActionPlan.Http;

namespace ActionPlan.Tests.Exports;

public class ActionColumnsTests
{
    [Fact]
    public void Every_property_of_an_action_has_a_column_save_what_says_how_to_go_on()
    {
        var properties = Json.Properties(typeof(ActionResponse)).Select(p => p.Name).Except(["allowedStatuses", "warnings", "deletedAt", "_links"]);
        Assert.Equal(properties.Order(), ActionColumns.All.Select(c => c.Field).Order());
    }

    [Fact]
    public void A_column_is_read_only_if_a_request_cannot_set_it()
    {
        var settable = Json.Properties(typeof(ActionInput)).Select(p => p.Name).Append("key").Append("verifiedOn");
        Assert.Equal(settable.Order(), ActionColumns.All.Where(c => !c.IsReadOnly).Select(c => c.Field).Order());
    }

    [Fact]
    public void No_two_columns_share_a_heading_and_no_two_codes_a_word()
    {
        Assert.Distinct(ActionColumns.All.SelectMany(c => new[] { c.Heading, c.Field }), StringComparer.Ordinal);
        Assert.All(ActionColumns.All, c => Assert.Distinct(c.Words.Values));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HR", "HR")]
    [InlineData("HR; Facken", "HR", "Facken")]
    [InlineData("Vision, Kommunal\n", "Vision, Kommunal")]
    [InlineData("a;b\nc", "a;b", "c")]
    public void Texts_in_a_cell_are_told_apart_again(string cell, params string[] texts)
    {
        Assert.Equal(cell, CellList.Join(texts));
        Assert.Equal(texts, CellList.Split(cell));
    }
}

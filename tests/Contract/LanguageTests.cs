using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ActionPlan.Tests.Contract;

public partial class LanguageTests
{
    static readonly Dictionary<string, string> Swedish = Messages("Messages.resx");
    static readonly Dictionary<string, string> English = Messages("Messages.en.resx");

    [Fact]
    public void Every_message_stands_in_both_languages()
    {
        Assert.Equal(Swedish.Keys.Order(), English.Keys.Order());
    }

    [Fact]
    public void Both_languages_fill_in_the_same_values()
    {
        Assert.All(Swedish, message => Assert.Equal(Places(message.Value), Places(English[message.Key])));
    }

    [Fact]
    public void Every_message_is_used()
    {
        var code = string.Concat(Repository.Sources("api").Select(File.ReadAllText));

        // Names are put together: "Fault." + code. Statuses and JSON kinds are words of the framework's.
        Assert.Equal([], Swedish.Keys.Where(name => !code.Contains($"\"{name}\"", StringComparison.Ordinal)
            && !code.Contains($"\"{name.Split('.', 2)[1]}\"", StringComparison.Ordinal)
            && name is not ("Type.Object" or "Type.Array")));
    }

    static string Places(string text) => string.Join(' ', Place().Matches(text).Select(m => m.Value).Distinct().Order());

    static Dictionary<string, string> Messages(string file) => XDocument.Parse(Repository.Read(Path.Combine("api", "Language", file)))
        .Descendants("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}

using System.Globalization;
using System.Text;

namespace ActionPlan.Actions;

/// <summary>
/// How text is compared when people search: case folds, also for å ä ö; å, ä and ö never become a and o; everything
/// but letters and digits only separates words.
/// </summary>
public static class SearchText
{
    /// <summary>
    /// Words in lower case, each led by two spaces: <c>"  hr  enheten"</c>. The start of a word thereby holds three
    /// characters even where the word has one, so that an index of trigrams finds it.
    /// </summary>
    public static string Fold(params IEnumerable<string?> texts)
    {
        var folded = new StringBuilder();
        foreach (var text in texts) Append(folded, text, "  ");
        return folded.ToString();
    }

    /// <summary>
    /// The patterns that a text must all match to be found by <paramref name="query"/>: a term of three letters or more
    /// anywhere, a shorter one at the start of a word. None if there is no letter or digit.
    /// </summary>
    public static IReadOnlyList<string> Patterns(string query) =>
        [.. Words(query).Distinct().Select(word => word.EnumerateRunes().Count() >= 3 ? $"%{word}%" : $"%  {word}%")];

    /// <summary>A name without case, hyphens, spaces and other signs: <c>HR-enheten</c> and <c>HR enheten</c> are one. Null if nothing is left.</summary>
    public static string? Name(string? name)
    {
        var key = new StringBuilder();
        Append(key, name, "");
        return key.Length == 0 ? null : key.ToString();
    }

    static string[] Words(string text) => Fold(text).Split("  ", StringSplitOptions.RemoveEmptyEntries);

    static void Append(StringBuilder to, string? text, string lead)
    {
        var isInside = false;
        foreach (var rune in Even(text ?? "").EnumerateRunes())
        {
            var belongs = Rune.IsLetterOrDigit(rune) || (isInside && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark);
            if (belongs && !isInside) to.Append(lead);
            if (belongs && rune.IsBmp) to.Append((char)rune.Value);
            else if (belongs) to.Append(rune.ToString());
            isInside = belongs;
        }
    }

    // Composed, so that an å typed on a Mac (a and a ring) is the å of everybody else; before U+0300 everything is. U+FFFE
    // cannot be normalized.
    static string Even(string text) =>
        (text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF') ? text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormC) : text).ToLowerInvariant();
}

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
        foreach (var word in texts.SelectMany(Words)) folded.Append("  ").Append(word);
        return folded.ToString();
    }

    /// <summary>
    /// The patterns that a text must all match to be found by <paramref name="query"/>: a term of three letters or more
    /// anywhere, a shorter one at the start of a word. None if there is no letter or digit.
    /// </summary>
    public static IReadOnlyList<string> Patterns(string query) =>
        [.. Words(query).Distinct().Select(word => word.EnumerateRunes().Count() >= 3 ? $"%{word}%" : $"%  {word}%")];

    /// <summary>A name without case, hyphens, spaces and other signs: <c>HR-enheten</c> and <c>HR enheten</c> are one. Null if nothing is left.</summary>
    public static string? Name(string? name) => name is null || string.Concat(Words(name)) is not { Length: > 0 } key ? null : key;

    static IEnumerable<string> Words(string? text)
    {
        var word = new StringBuilder();
        // Composed, so that an å typed on a Mac (a and a ring) is the å of everybody else. U+FFFE cannot be normalized.
        foreach (var rune in (text ?? "").Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormC).ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark))
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0) yield return word.ToString();
    }
}

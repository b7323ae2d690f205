using System.Globalization;
using System.Resources;

namespace ActionPlan.Language;

/// <summary>
/// What the service says to people, in the language of the request: <c>Messages.resx</c> is Swedish,
/// <c>Messages.en.resx</c> English.
/// </summary>
public static class Text
{
    static readonly ResourceManager Messages = new("ActionPlan.Language.Messages", typeof(Text).Assembly);

    /// <summary>The message with this name, its places filled in.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such message.</exception>
    public static string Of(string name, params object?[] values)
    {
        var text = Messages.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"No message is named '{name}'.");
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    /// <summary>The text, or what <paramref name="length"/> characters show of it; never half a surrogate pair.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";
    }

    /// <summary>What somebody sent, fit to be read: cut, and without control characters.</summary>
    public static string Quote(string text, int length) => string.Concat(Cut(text, length).Select(c => char.IsControl(c) ? '?' : c));
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ActionPlan.Deadlines;

/// <summary>
/// Reads deadlines as people write them (DOMAIN: Deadlines in Swedish). A wording is evened out, looked up among the words
/// for what recurs, freed of the words before the time (<c>klart senast …</c>), and held against the <see cref="Forms"/>, one
/// or two of them joined. What no form takes gives a warning and no date: never a guess.
/// </summary>
public static partial class Wording
{
    static readonly Dictionary<string, string> Recurrences = new()
    {
        ["löpande"] = "continuous",
        ["kontinuerligt"] = "continuous",
        ["kontinuerlig"] = "continuous",
        ["fortlöpande"] = "continuous",
        ["tills vidare"] = "continuous",
        ["tillsvidare"] = "continuous",
        ["månadsvis"] = "monthly",
        ["månatligen"] = "monthly",
        ["varje månad"] = "monthly",
        ["kvartalsvis"] = "quarterly",
        ["varje kvartal"] = "quarterly",
        ["tertialvis"] = "tertial",
        ["varje tertial"] = "tertial",
        ["terminsvis"] = "termly",
        ["varje termin"] = "termly",
        ["halvårsvis"] = "halfYearly",
        ["varje halvår"] = "halfYearly",
        ["årligen"] = "yearly",
        ["årsvis"] = "yearly",
        ["varje år"] = "yearly",
    };

    // People use few wordings, and a list of a thousand actions reads a thousand; reading one anew took some 25 µs.
    const int MostKnown = 4096;
    static readonly ConcurrentDictionary<(string Text, Period Period), Reading> Known = new();

    /// <summary>What the wording says. A missing year is taken from the plan's period when only one fits.</summary>
    /// <param name="text">The wording as it was written.</param>
    /// <param name="period">The plan's period.</param>
    public static Reading Read(string text, Period period)
    {
        if (Known.TryGetValue((text, period), out var known)) return known;
        if (Known.Count >= MostKnown) Known.Clear();
        return Known[(text, period)] = ReadAnew(text, period);
    }

    static Reading ReadAnew(string text, Period period)
    {
        var words = EvenOut(text);
        var isApproximate = Approximately().IsMatch(words);
        if (isApproximate) words = EvenOut(Approximately().Replace(words, " "));

        if (Recurrences.GetValueOrDefault(Going().Replace(words, "")) is { } recurrence) return Recurring(text, period, recurrence, isApproximate);

        var lead = Lead().Match(words);
        var rest = words[lead.Length..];
        var found = Single(rest, period, lead) ?? (lead.Groups["by"].Success ? null : Joined(rest, period, lead)) ?? Found.No("deadlineUnread");
        return found.Days is { } days
            ? new Reading(days.Start, days.Due, "none", isApproximate, null)
            : new Reading(null, null, null, isApproximate, new DeadlineWarning(found.Code!, [text, .. found.Instead]));
    }

    static Reading Recurring(string text, Period period, string recurrence, bool isApproximate)
    {
        if (recurrence == "continuous") return new Reading(period.Start, null, recurrence, isApproximate, null);
        return new Reading(period.Start, period.End, recurrence, isApproximate, period.End is null ? new DeadlineWarning("deadlineLacksPeriod", text) : null);
    }

    // One form. Null when there is none that is written so.
    static Found? Single(string words, Period period, Match? lead, int? yearOfTheOther = null)
    {
        foreach (var form in Forms.All)
        {
            if (form.Pattern.Match(words) is not { Success: true } match) continue;
            if (form.Kind == FormKind.Turn && lead?.Groups["before"].Success == true) return null;
            if (form.Kind != FormKind.Day && lead?.Groups["per"].Success == true) return null;

            if (match.Groups["y"] is { Success: true, Value: var digits })
            {
                var year = Forms.YearOf(digits, period);
                if (form.Instead?.Invoke(match, year) is var (one, other)) return Found.No("deadlineAmbiguous", one, other);
                if (match.Groups["z"] is { Success: true, Value: var next } && next != $"{year + 1}"[^next.Length..]) return Found.No("deadlineNoSuchDate");
                return Settled(form.Days(match, year), lead) with { Year = year, Lends = form.Kind != FormKind.Year && !match.Groups["z"].Success };
            }

            if (form.Instead is not null) return null;
            if (yearOfTheOther is { } borrowed) return Settled(form.Days(match, borrowed), lead);
            // 2020 is a leap year with 53 weeks: what it lacks, every year lacks.
            if (Settled(form.Days(match, 2020), lead) is { Code: not null } never) return never;
            var fitting = period.Years.Select(year => Settled(form.Days(match, year), lead)).Where(found => found.Days is { } days && period.Touches(days)).Take(2).ToList();
            return fitting is [var only] ? only : Found.No("deadlineLacksYear");
        }

        return null;
    }

    // Two forms, from the one to the other. A year that stands with the last is the first's too, save where it stands alone
    // (mars – 2026) or is two (hösten – vintern 2015/16).
    static Found? Joined(string words, Period period, Match lead)
    {
        words = From().Replace(words, "");
        foreach (Match join in Between().Matches(words))
        {
            if (Single(words[(join.Index + join.Length)..], period, null) is not { } last) continue;
            if (Single(words[..join.Index], period, null, last.Lends ? last.Year : null) is not { } first) continue;
            if ((first.Code ?? last.Code) is not null) return first.Code is null ? last : first;
            if (first.Year is null && last is { Year: not null, Lends: false }) return Found.No("deadlineLacksYear");
            return Settled(new Days(first.Days!.Value.Start ?? first.Days.Value.Due, last.Days!.Value.Due), lead);
        }

        return null;
    }

    // What the words before the time make of it: "senast" and "klart" say nothing of when one begins, "före" means the day before.
    static Found Settled(Days? read, Match? lead)
    {
        if (read is not { } days) return Found.No("deadlineNoSuchDate");
        if (days.Start > days.Due) return Found.No("deadlineReversed");
        if (lead?.Groups["before"].Success == true) return new Found(Days.Until((days.Start ?? days.Due).AddDays(-1)));
        if (lead?.Groups["till"].Success == true && days.Start is { } start) return Found.No("deadlineAmbiguous", "senast " + Deadline.Render(null, start.AddDays(-1)), "senast " + Deadline.Render(null, days.Due));
        return new Found(lead is not null && (lead.Groups["done"].Success || lead.Groups["by"].Success) ? Days.Until(days.Due) : days);
    }

    /// <summary>Lower case, one kind of space, one kind of dash, nothing invisible, and no punctuation around it.</summary>
    static string EvenOut(string text)
    {
        var even = new StringBuilder(text.Length);
        // Normalize refuses what is no character (U+FFFE).
        var characters = text.EnumerateRunes().Select(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned ? Rune.ReplacementChar : rune);
        foreach (var c in string.Concat(characters).Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            var kind = char.GetUnicodeCategory(c);
            if (char.IsWhiteSpace(c)) even.Append(' ');
            else if (kind == UnicodeCategory.DashPunctuation || c == '\u2212') even.Append('-');
            else if (kind is not (UnicodeCategory.Format or UnicodeCategory.Control)) even.Append(c);
        }

        return Spaces().Replace(even.ToString(), " ").TrimStart(' ', '"', '”', '“', '(', '[').TrimEnd(' ', '.', ',', ';', ':', '!', '?', '…', '"', '”', '“', ')', ']');
    }

    /// <summary>Days, or the code of the warning and what to write instead; and the year that was written, if one was.</summary>
    sealed record Found(Days? Days, string? Code = null, params string[] Instead)
    {
        public int? Year { get; init; }

        public bool Lends { get; init; }

        public static Found No(string code, params string[] instead) => new(null, code, instead);
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![\w-])\(?(?:ca|c:a|cirka|circa|prel|preliminärt?|ungefär|omkring|kring|runt)(?!\w)\.?:?\)?|~")]
    private static partial Regex Approximately();

    [GeneratedRegex(@"\A(?:pågår|sker|görs|genomförs) ")]
    private static partial Regex Going();

    // "ska vara klart senast den …", "genomförs under …" (which says nothing more than "under …").
    [GeneratedRegex(
        @"\A(?:(?:genomförs|pågår|sker|görs):? )?(?<done>(?:(?:det )?(?:ska|skall|bör|beräknas) (?:vara |bli )?)?(?:klar[at]?|färdigt?|genomfört|genomförd|slutfört|avslutat|avslutad)(?:: ?| )|(?:slutförs|avslutas|färdigställs) |(?:deadline|slutdatum)(?:: ?| ))?"
        + @"(?<by>(?:senast|t\.? ?o\.? ?m\.?|(?:fram )?till och med|(?<till>(?:fram )?till)|(?<before>före|innan)|(?<per>per))(?:: ?| ))?")]
    private static partial Regex Lead();

    [GeneratedRegex(@"\A(?:från och med|från|fr\.? ?o\.? ?m\.?) ")]
    private static partial Regex From();

    [GeneratedRegex(Forms.Join)]
    private static partial Regex Between();
}

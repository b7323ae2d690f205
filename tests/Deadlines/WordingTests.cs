using System.Globalization;
using System.Text.RegularExpressions;
using ActionPlan.Deadlines;

namespace ActionPlan.Tests.Deadlines;

public partial class WordingTests
{
    // wording | plan's period | start | due | recurrence, and ~ if approximate
    // ---- or ---- wording | plan's period | warning
    // A plan's period: a year, 2015-16 for both, L for the school year 2025-07-01–2026-06-30, or empty for none.
    const string Table = """
        # DOMAIN's own
        2026-03-31                       |         |            | 2026-03-31 | none
        20260331                         |         |            | 2026-03-31 | none
        31 mars 2026                     |         |            | 2026-03-31 | none
        31/3 2026                        |         |            | 2026-03-31 | none
        senast 31 mars 2026              |         |            | 2026-03-31 | none
        före 31 mars 2026                |         |            | 2026-03-30 | none
        klart senast 31 mars 2026        |         |            | 2026-03-31 | none
        senast 31 mars                   | 2026    |            | 2026-03-31 | none
        senast 31 mars                   | L       |            | 2026-03-31 | none
        senast 31 mars                   | 2015-16 | deadlineLacksYear
        senast 31 mars                   |         | deadlineLacksYear
        augusti 2015                     |         | 2015-08-01 | 2015-08-31 | none
        aug 2015                         |         | 2015-08-01 | 2015-08-31 | none
        under augusti 2015               |         | 2015-08-01 | 2015-08-31 | none
        i början av augusti 2015         |         | 2015-08-01 | 2015-08-10 | none
        i mitten av augusti 2015         |         | 2015-08-11 | 2015-08-20 | none
        i slutet av augusti 2015         |         | 2015-08-21 | 2015-08-31 | none
        2026                             |         | 2026-01-01 | 2026-12-31 | none
        under 2026                       |         | 2026-01-01 | 2026-12-31 | none
        2015-2016                        |         | 2015-01-01 | 2016-12-31 | none
        2015–2016                        |         | 2015-01-01 | 2016-12-31 | none
        2015/2016                        |         | 2015-01-01 | 2016-12-31 | none
        våren 2026                       |         | 2026-03-01 | 2026-05-31 | none
        sommaren 2026                    |         | 2026-06-01 | 2026-08-31 | none
        hösten 2026                      |         | 2026-09-01 | 2026-11-30 | none
        vintern 2015/2016                |         | 2015-12-01 | 2016-02-29 | none
        hösten/vintern 2015              |         | 2015-09-01 | 2015-12-31 | none
        VT26                             |         | 2026-01-01 | 2026-06-30 | none
        vårterminen 2026                 |         | 2026-01-01 | 2026-06-30 | none
        HT25                             |         | 2025-07-01 | 2025-12-31 | none
        höstterminen 2025                |         | 2025-07-01 | 2025-12-31 | none
        läsåret 2025/26                  |         | 2025-07-01 | 2026-06-30 | none
        Q3 2025                          |         | 2025-07-01 | 2025-09-30 | none
        kvartal 3 2025                   |         | 2025-07-01 | 2025-09-30 | none
        kv 3 2025                        |         | 2025-07-01 | 2025-09-30 | none
        tertial 2 2026                   |         | 2026-05-01 | 2026-08-31 | none
        T2 2026                          |         | 2026-05-01 | 2026-08-31 | none
        första halvåret 2026             |         | 2026-01-01 | 2026-06-30 | none
        andra halvåret 2026              |         | 2026-07-01 | 2026-12-31 | none
        halvår 1 2026                    |         | 2026-01-01 | 2026-06-30 | none
        halvårsskiftet 2026              |         |            | 2026-06-30 | none
        årsskiftet 2025/26               |         |            | 2025-12-31 | none
        vecka 38 2026                    |         | 2026-09-14 | 2026-09-20 | none
        v.38 2026                        |         | 2026-09-14 | 2026-09-20 | none
        v 38-40 2026                     |         | 2026-09-14 | 2026-10-04 | none
        löpande                          | 2015-16 | 2015-01-01 |            | continuous
        kontinuerligt                    | 2015-16 | 2015-01-01 |            | continuous
        tills vidare                     | 2015-16 | 2015-01-01 |            | continuous
        fortlöpande                      | 2015-16 | 2015-01-01 |            | continuous
        löpande                          |         |            |            | continuous
        månadsvis                        | 2015-16 | 2015-01-01 | 2016-12-31 | monthly
        varje månad                      | 2015-16 | 2015-01-01 | 2016-12-31 | monthly
        kvartalsvis                      | 2015-16 | 2015-01-01 | 2016-12-31 | quarterly
        varje tertial                    | 2015-16 | 2015-01-01 | 2016-12-31 | tertial
        varje termin                     | 2015-16 | 2015-01-01 | 2016-12-31 | termly
        varje halvår                     | 2015-16 | 2015-01-01 | 2016-12-31 | halfYearly
        årligen                          | 2015-16 | 2015-01-01 | 2016-12-31 | yearly
        varje år                         | 2015-16 | 2015-01-01 | 2016-12-31 | yearly
        vintern 2015                     |         | deadlineAmbiguous
        årsskiftet 2026                  |         | deadlineAmbiguous
        delår                            | 2026    | deadlineUnread
        snarast                          | 2026    | deadlineUnread
        omgående                         | 2026    | deadlineUnread
        vid behov                        | 2026    | deadlineUnread

        # the example plan's
        hösten 2015                      | 2015-16 | 2015-09-01 | 2015-11-30 | none
        under hösten 2015                | 2015-16 | 2015-09-01 | 2015-11-30 | none
        hösten/vintern 2015              | 2015-16 | 2015-09-01 | 2015-12-31 | none
        2014-2015                        | 2015-16 | 2014-01-01 | 2015-12-31 | none
        januari 2015                     | 2015-16 | 2015-01-01 | 2015-01-31 | none
        under hösten                     | 2015-16 | deadlineLacksYear
        inför sommarsemestrar            | 2015-16 | deadlineUnread

        # days
        2026-3-5                         |         |            | 2026-03-05 | none
        den 31 mars 2026                 |         |            | 2026-03-31 | none
        den 1:a mars 2026                |         |            | 2026-03-01 | none
        5 jan. 2026                      |         |            | 2026-01-05 | none
        30 sept 2026                     |         |            | 2026-09-30 | none
        1 okt -26                        |         |            | 2026-10-01 | none
        31 mars 26                       |         |            | 2026-03-31 | none
        24 jul 2026                      |         |            | 2026-07-24 | none
        31 mars, 2026                    |         |            | 2026-03-31 | none
        31/3-2026                        |         |            | 2026-03-31 | none
        31/3                             | 2026    |            | 2026-03-31 | none
        01/02 2026                       |         |            | 2026-02-01 | none
        29 februari 2024                 |         |            | 2024-02-29 | none
        20240229                         |         |            | 2024-02-29 | none
        klart 31 mars 2026               |         |            | 2026-03-31 | none
        klar senast den 31/3 2026        |         |            | 2026-03-31 | none
        Klart senast: 2026-03-31         |         |            | 2026-03-31 | none
        ska vara klart senast 1 maj 2026 |         |            | 2026-05-01 | none
        Deadline: 1 maj 2026             |         |            | 2026-05-01 | none
        slutförs före 1 maj 2026         |         |            | 2026-04-30 | none
        innan 1 mars 2024                |         |            | 2024-02-29 | none
        innan 1 mars 2026                |         |            | 2026-02-28 | none
        före 2026-01-01                  |         |            | 2025-12-31 | none
        före 1 januari                   | 2026    |            | 2026-12-31 | none
        till 31 mars 2026                |         |            | 2026-03-31 | none
        fram till den 31 mars 2026       |         |            | 2026-03-31 | none
        t.o.m. 31 mars 2026              |         |            | 2026-03-31 | none
        tom 31 mars 2026                 |         |            | 2026-03-31 | none
        till och med 31 mars 2026        |         |            | 2026-03-31 | none
        per 31 december 2026             |         |            | 2026-12-31 | none

        # stretches, and the end of one
        februari 2024                    |         | 2024-02-01 | 2024-02-29 | none
        feb 2023                         |         | 2023-02-01 | 2023-02-28 | none
        sep. 2026                        |         | 2026-09-01 | 2026-09-30 | none
        i mars 2026                      |         | 2026-03-01 | 2026-03-31 | none
        mars                             | 2026    | 2026-03-01 | 2026-03-31 | none
        augusti -15                      |         | 2015-08-01 | 2015-08-31 | none
        slutet av februari 2024          |         | 2024-02-21 | 2024-02-29 | none
        slutet på maj                    | 2026    | 2026-05-21 | 2026-05-31 | none
        senast i slutet av maj 2026      |         |            | 2026-05-31 | none
        senast augusti 2015              |         |            | 2015-08-31 | none
        senast under våren 2026          |         |            | 2026-05-31 | none
        klart hösten 2015                |         |            | 2015-11-30 | none
        före sommaren 2026               |         |            | 2026-05-31 | none
        innan augusti 2015               |         |            | 2015-07-31 | none
        t.o.m. augusti 2015              |         |            | 2015-08-31 | none
        genomförs under våren 2026       |         | 2026-03-01 | 2026-05-31 | none
        under hela 2026                  |         | 2026-01-01 | 2026-12-31 | none
        år 2026                          |         | 2026-01-01 | 2026-12-31 | none
        Höst 2015                        |         | 2015-09-01 | 2015-11-30 | none
        hösten -15                       |         | 2015-09-01 | 2015-11-30 | none
        på våren 2026                    |         | 2026-03-01 | 2026-05-31 | none
        hösten                           | 2026    | 2026-09-01 | 2026-11-30 | none
        hösten                           | L       | 2025-09-01 | 2025-11-30 | none
        våren                            | L       | 2026-03-01 | 2026-05-31 | none
        vintern                          | L       | 2025-12-01 | 2026-02-28 | none
        vintern 23/24                    |         | 2023-12-01 | 2024-02-29 | none
        vintern 2015–16                  |         | 2015-12-01 | 2016-02-29 | none
        vintern 1999/00                  |         | 1999-12-01 | 2000-02-29 | none
        vintern 2099/2100                |         | 2099-12-01 | 2100-02-28 | none
        VT 26                            |         | 2026-01-01 | 2026-06-30 | none
        vt-26                            |         | 2026-01-01 | 2026-06-30 | none
        HT2025                           |         | 2025-07-01 | 2025-12-31 | none
        ht                               | L       | 2025-07-01 | 2025-12-31 | none
        under vårterminen -26            |         | 2026-01-01 | 2026-06-30 | none
        läsåret 2025/2026                |         | 2025-07-01 | 2026-06-30 | none
        läsåret 25/26                    |         | 2025-07-01 | 2026-06-30 | none
        läsåret 2025–2026                |         | 2025-07-01 | 2026-06-30 | none
        läsåret 1999/2000                |         | 1999-07-01 | 2000-06-30 | none
        läsåret                          | L       | 2025-07-01 | 2026-06-30 | none
        Q3-2025                          |         | 2025-07-01 | 2025-09-30 | none
        q4 25                            |         | 2025-10-01 | 2025-12-31 | none
        2025-Q3                          |         | 2025-07-01 | 2025-09-30 | none
        kv. 1 2026                       |         | 2026-01-01 | 2026-03-31 | none
        kvartal 2                        | 2026    | 2026-04-01 | 2026-06-30 | none
        tredje kvartalet 2025            |         | 2025-07-01 | 2025-09-30 | none
        Q1–Q2 2026                       |         | 2026-01-01 | 2026-06-30 | none
        kvartal 3-4 2025                 |         | 2025-07-01 | 2025-12-31 | none
        T1 26                            |         | 2026-01-01 | 2026-04-30 | none
        T3                               | 2026    | 2026-09-01 | 2026-12-31 | none
        tertial 1, 2026                  |         | 2026-01-01 | 2026-04-30 | none
        2026-T2                          |         | 2026-05-01 | 2026-08-31 | none
        under andra tertialet 2026       |         | 2026-05-01 | 2026-08-31 | none
        1:a halvåret 2026                |         | 2026-01-01 | 2026-06-30 | none
        halvår 2 2025                    |         | 2025-07-01 | 2025-12-31 | none
        andra halvåret                   | 2026    | 2026-07-01 | 2026-12-31 | none
        vid halvårsskiftet               | 2026    |            | 2026-06-30 | none
        senast vid årsskiftet 2025/2026  |         |            | 2025-12-31 | none
        årsskiftet 99/00                 |         |            | 2099-12-31 | none
        årsskiftet 99/00                 | 2000    |            | 1999-12-31 | none
        vecka 53 2026                    |         | 2026-12-28 | 2027-01-03 | none
        vecka 53 2020                    |         | 2020-12-28 | 2021-01-03 | none
        v 1 2026                         |         | 2025-12-29 | 2026-01-04 | none
        v. 38                            | 2026    | 2026-09-14 | 2026-09-20 | none
        vecka 53                         | 2026    | 2026-12-28 | 2027-01-03 | none
        v38 2026                         |         | 2026-09-14 | 2026-09-20 | none
        v38-2026                         |         | 2026-09-14 | 2026-09-20 | none
        veckorna 38–40                   | 2026    | 2026-09-14 | 2026-10-04 | none
        v 38 till v 40 2026              |         | 2026-09-14 | 2026-10-04 | none
        senast vecka 38 2026             |         |            | 2026-09-20 | none

        # two joined
        mars–maj 2026                    |         | 2026-03-01 | 2026-05-31 | none
        mars-maj                         | 2026    | 2026-03-01 | 2026-05-31 | none
        november–februari                | L       | 2025-11-01 | 2026-02-28 | none
        november 2025 – februari 2026    |         | 2025-11-01 | 2026-02-28 | none
        hösten 2015 - våren 2016         |         | 2015-09-01 | 2016-05-31 | none
        hösten 2015 till våren 2016      |         | 2015-09-01 | 2016-05-31 | none
        från hösten 2015 till och med våren 2016 |  | 2015-09-01 | 2016-05-31 | none
        fr.o.m. 1 mars t.o.m. 31 maj 2026 |        | 2026-03-01 | 2026-05-31 | none
        1 mars 2026 tom 31 maj 2026      |         | 2026-03-01 | 2026-05-31 | none
        2026-03-01 - 2026-05-31          |         | 2026-03-01 | 2026-05-31 | none
        2026-03-01–2026-05-31            |         | 2026-03-01 | 2026-05-31 | none
        20260301-20260531                |         | 2026-03-01 | 2026-05-31 | none
        1/3–31/5 2026                    |         | 2026-03-01 | 2026-05-31 | none
        1-15 mars 2026                   |         | 2026-03-01 | 2026-03-15 | none
        1 till 15 mars                   | 2026    | 2026-03-01 | 2026-03-15 | none
        31 mars 2026 – 31 mars 2026      |         | 2026-03-31 | 2026-03-31 | none
        HT25–VT26                        |         | 2025-07-01 | 2026-06-30 | none
        vt-26 - ht-26                    |         | 2026-01-01 | 2026-12-31 | none
        Q4 2025 - Q1 2026                |         | 2025-10-01 | 2026-03-31 | none
        vecka 50 2026 – vecka 2 2027     |         | 2026-12-07 | 2027-01-17 | none
        augusti 2015 – 2016              |         | 2015-08-01 | 2016-12-31 | none
        slutet av maj – början av juli 2026 |      | 2026-05-21 | 2026-07-10 | none
        halvårsskiftet 2026 – årsskiftet 2026/27 | | 2026-06-30 | 2026-12-31 | none
        vintern 2015/16 – våren 2017     |         | 2015-12-01 | 2017-05-31 | none
        klart mars–maj 2026              |         |            | 2026-05-31 | none

        # case, spaces, dashes, punctuation, words that change nothing
        HÖSTEN 2015                      |         | 2015-09-01 | 2015-11-30 | none
        Årsskiftet 2025/26               |         |            | 2025-12-31 | none
        SENAST 31 MARS 2026              |         |            | 2026-03-31 | none
        {00A0} hösten{00A0}  2015{2009}  |         | 2015-09-01 | 2015-11-30 | none
        ho{0308}sten 2015                |         | 2015-09-01 | 2015-11-30 | none
        hös{00AD}ten {200B}2015{FEFF}    |         | 2015-09-01 | 2015-11-30 | none
        hösten{000A}2015                 |         | 2015-09-01 | 2015-11-30 | none
        2015{2010}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2015{2011}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2015{2012}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2015 {2014} 2016                 |         | 2015-01-01 | 2016-12-31 | none
        2015{2015}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2015{2212}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2015{FF0D}2016                   |         | 2015-01-01 | 2016-12-31 | none
        2026{2011}03{2011}31             |         |            | 2026-03-31 | none
        hösten 2015.                     |         | 2015-09-01 | 2015-11-30 | none
        hösten 2015!?                    |         | 2015-09-01 | 2015-11-30 | none
        ”hösten 2015”                    |         | 2015-09-01 | 2015-11-30 | none
        (hösten 2015);                   |         | 2015-09-01 | 2015-11-30 | none
        Löpande.                         | 2026    | 2026-01-01 |            | continuous
        pågår kontinuerligt              | 2026    | 2026-01-01 |            | continuous
        ca 31 mars 2026                  |         |            | 2026-03-31 | none ~
        Ca. våren 2026                   |         | 2026-03-01 | 2026-05-31 | none ~
        c:a våren 2026                   |         | 2026-03-01 | 2026-05-31 | none ~
        cirka vecka 38 2026              |         | 2026-09-14 | 2026-09-20 | none ~
        preliminärt hösten 2015          |         | 2015-09-01 | 2015-11-30 | none ~
        prel. hösten 2015                |         | 2015-09-01 | 2015-11-30 | none ~
        hösten 2015 (prel.)              |         | 2015-09-01 | 2015-11-30 | none ~
        hösten 2015, preliminärt         |         | 2015-09-01 | 2015-11-30 | none ~
        senast ca 31 mars 2026           |         |            | 2026-03-31 | none ~
        ungefär i mitten av maj 2026     |         | 2026-05-11 | 2026-05-20 | none ~
        ~augusti 2015                    |         | 2015-08-01 | 2015-08-31 | none ~
        ca årligen                       | 2026    | 2026-01-01 | 2026-12-31 | yearly ~

        # years of two digits lie near the plan
        hösten 98                        |         | 2098-09-01 | 2098-11-30 | none
        hösten 98                        | 2000    | 1998-09-01 | 1998-11-30 | none
        hösten 01                        | 2000    | 2001-09-01 | 2001-11-30 | none

        # what lacks a year that the plan cannot give
        hösten                           | 2015-16 | deadlineLacksYear
        hösten                           |         | deadlineLacksYear
        vintern                          | 2026    | deadlineLacksYear
        sommaren                         | L       | deadlineLacksYear
        augusti                          | 2015-16 | deadlineLacksYear
        v 38                             | 2015-16 | deadlineLacksYear
        kvartal 3                        |         | deadlineLacksYear
        29 februari                      | 2026    | deadlineLacksYear
        vecka 53                         | L       | deadlineLacksYear
        mars–maj                         | 2015-16 | deadlineLacksYear
        mars – 2026                      | 2026    | deadlineLacksYear
        hösten – vintern 2025/26         | 2025    | deadlineLacksYear
        månadsvis                        |         | deadlineLacksPeriod

        # what does not exist
        31 februari 2026                 |         | deadlineNoSuchDate
        30 februari                      | 2026    | deadlineNoSuchDate
        2025-02-29                       |         | deadlineNoSuchDate
        29 februari 2100                 |         | deadlineNoSuchDate
        20250229                         |         | deadlineNoSuchDate
        2026-13-01                       |         | deadlineNoSuchDate
        31/4 2026                        |         | deadlineNoSuchDate
        0 mars 2026                      |         | deadlineNoSuchDate
        vecka 53 2025                    |         | deadlineNoSuchDate
        vecka 54                         | 2026    | deadlineNoSuchDate
        vecka 0 2026                     |         | deadlineNoSuchDate
        Q5 2026                          |         | deadlineNoSuchDate
        T4 2026                          |         | deadlineNoSuchDate
        halvår 3 2026                    |         | deadlineNoSuchDate
        tredje halvåret 2026             |         | deadlineNoSuchDate
        vintern 2015/2017                |         | deadlineNoSuchDate
        läsåret 2025/24                  |         | deadlineNoSuchDate
        2015/2018                        |         | deadlineNoSuchDate
        1–31 april 2026                  |         | deadlineNoSuchDate

        # what ends before it begins
        2016-2015                        |         | deadlineReversed
        våren 2016 - hösten 2015         |         | deadlineReversed
        maj–mars 2026                    |         | deadlineReversed
        november–februari 2026           |         | deadlineReversed
        15–1 mars 2026                   |         | deadlineReversed
        v 40-38 2026                     |         | deadlineReversed
        vecka 50–vecka 2 2027            |         | deadlineReversed
        v 38-26                          | 2026    | deadlineReversed

        # what may mean two things
        vintern 15                       |         | deadlineAmbiguous
        under vintern 2026               | 2026    | deadlineAmbiguous
        senast årsskiftet 2026           |         | deadlineAmbiguous
        läsåret 2025                     |         | deadlineAmbiguous
        hösten 2015 – vintern 2015       |         | deadlineAmbiguous
        till sommaren 2026               |         | deadlineAmbiguous
        klart till augusti 2015          |         | deadlineAmbiguous
        jul 2026                         |         | deadlineAmbiguous
        före jul 2026                    |         | deadlineAmbiguous
        2015-10                          |         | deadlineAmbiguous
        2015/16                          |         | deadlineAmbiguous
        2015-16                          |         | deadlineAmbiguous

        # anything else
        snarast möjligt                  | 2026    | deadlineUnread
        så snart som möjligt             | 2026    | deadlineUnread
        efter behov                      | 2026    | deadlineUnread
        nästa år                         | 2026    | deadlineUnread
        i år                             | 2026    | deadlineUnread
        under året                       | 2026    | deadlineUnread
        i höst                           | 2026    | deadlineUnread
        nästa vecka                      | 2026    | deadlineUnread
        till jul                         | 2026    | deadlineUnread
        jul                              | 2026    | deadlineUnread
        påsk 2026                        | 2026    | deadlineUnread
        efter 31 mars 2026               |         | deadlineUnread
        efter sommaren 2026              |         | deadlineUnread
        tidigast hösten 2015             |         | deadlineUnread
        från hösten 2015                 |         | deadlineUnread
        fr.o.m. 1 mars 2026              |         | deadlineUnread
        start hösten 2015                |         | deadlineUnread
        påbörjas hösten 2015             |         | deadlineUnread
        inte före 31 mars 2026           |         | deadlineUnread
        ej klart 31 mars 2026            |         | deadlineUnread
        hösten 2015 -                    |         | deadlineUnread
        - hösten 2015                    |         | deadlineUnread
        hösten 2015 eller våren 2016     |         | deadlineUnread
        våren och hösten 2015            |         | deadlineUnread
        hösten 2015 och framåt           |         | deadlineUnread
        våren/hösten 2015                |         | deadlineUnread
        juni/juli 2026                   |         | deadlineUnread
        2015, 2016                       |         | deadlineUnread
        hösten 2015 enligt plan          |         | deadlineUnread
        i början av hösten 2015          |         | deadlineUnread
        i slutet av 2026                 |         | deadlineUnread
        delår 2026                       |         | deadlineUnread
        halvåret 2026                    |         | deadlineUnread
        före årsskiftet 2025/26          |         | deadlineUnread
        löpande under 2026               | 2026    | deadlineUnread
        varannan månad                   | 2026    | deadlineUnread
        två gånger per år                | 2026    | deadlineUnread
        varje vecka                      | 2026    | deadlineUnread
        per månad                        | 2026    | deadlineUnread
        per augusti 2015                 |         | deadlineUnread
        260331                           |         | deadlineUnread
        31/3-26                          |         | deadlineUnread
        31/3 26                          |         | deadlineUnread
        3/31/2026                        |         | deadlineUnread
        03/04/2026                       |         | deadlineUnread
        31.3.2026                        |         | deadlineUnread
        2026-03-31 kl. 12                |         | deadlineUnread
        26                               |         | deadlineUnread
        15/16                            |         | deadlineNoSuchDate
        1215                             |         | deadlineUnread
        2826                             |         | deadlineUnread
        hösten 20155                     |         | deadlineUnread
        hösten 201                       |         | deadlineUnread
        hösten 2015 1                    |         | deadlineUnread
        2015-2016-2017                   |         | deadlineUnread
        autumn 2015                      |         | deadlineUnread
        hösten{FFFE} 2015                |         | deadlineUnread
        höösten 2015                     |         | deadlineUnread
        augustibudgeten 2015             |         | deadlineUnread
        31 mars 2026 31 mars 2026        |         | deadlineUnread
        ٣١ mars 2026                     |         | deadlineUnread
        klart                            | 2026    | deadlineUnread
        senast                           | 2026    | deadlineUnread
        ca                               | 2026    | deadlineUnread
        -                                | 2026    | deadlineUnread
        ?                                | 2026    | deadlineUnread
        """;

    static readonly (string Wording, string Period, string Expected)[] Rows = [.. Table.Split('\n')
        .Where(line => line.Contains('|') && !line.StartsWith('#'))
        .Select(line => line.Split('|', 3, StringSplitOptions.TrimEntries))
        .Select(cells => (Character().Replace(cells[0], m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()), cells[1], Spaces().Replace(cells[2], " ")))];

    public static TheoryData<string, string, string> AllRows
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (wording, period, expected) in Rows) data.Add(wording, period, expected);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllRows))]
    public void A_wording_is_read_as_the_table_says(string wording, string period, string expected)
    {
        var reading = Wording.Read(wording, PeriodOf(period));

        var days = $"{Iso(reading.StartDate)} | {Iso(reading.DueDate)} | {reading.Recurrence}{(reading.IsApproximate ? " ~" : "")}".Trim();
        Assert.Equal(expected, reading.Warning?.Code ?? Spaces().Replace(days, " "));
    }

    [Fact]
    public void A_warning_gives_no_date()
    {
        Assert.All(Rows, row =>
        {
            var reading = Wording.Read(row.Wording, PeriodOf(row.Period));
            if (reading.Warning is not null) Assert.Null(reading.DueDate);
        });
    }

    [Theory]
    [InlineData("vintern 2015", "vintern 2014/2015", "vintern 2015/2016")]
    [InlineData("årsskiftet 2026", "årsskiftet 2025/2026", "årsskiftet 2026/2027")]
    [InlineData("läsåret 2025", "läsåret 2024/2025", "läsåret 2025/2026")]
    [InlineData("2015-10", "oktober 2015", "2015–2010")]
    [InlineData("2015-16", "2015–2016", "läsåret 2015/2016")]
    [InlineData("till sommaren 2026", "senast 31 maj 2026", "senast 31 augusti 2026")]
    [InlineData("jul 2026", "juli 2026", "24 december 2026")]
    public void What_may_mean_two_things_names_both(string wording, string one, string other)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sv-SE");

        var warning = Wording.Read(wording, default).Warning!;

        Assert.Equal(new object?[] { wording, one, other }, warning.Values);
        Assert.Contains($"”{one}” eller ”{other}”", warning.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vintern 2015")]
    [InlineData("årsskiftet 2026")]
    [InlineData("läsåret 2025")]
    [InlineData("till sommaren 2026")]
    [InlineData("jul 2026")]
    public void What_a_warning_says_to_write_can_be_read(string wording)
    {
        Assert.All(Wording.Read(wording, default).Warning!.Values.Skip(1), instead => Assert.Null(Wording.Read((string)instead!, default).Warning));
    }

    [Fact]
    public void A_wording_made_from_dates_reads_back_to_them()
    {
        DateOnly first = new(2023, 12, 1), last = new(2025, 3, 2);
        for (var start = first; start <= last; start = start.AddDays(1))
        {
            Assert.Equal((null, start), DaysOf(Deadline.Render(null, start)!));
            for (var due = start; due <= last; due = due.AddDays(due.DayNumber % 5 + 1))
                Assert.Equal((start, due), DaysOf(Deadline.Render(start, due)!));
        }
    }

    [Theory]
    [InlineData(null, "2026-03-31", "31 mars 2026")]
    [InlineData("2026-03-31", "2026-03-31", "31 mars 2026–31 mars 2026")]
    [InlineData("2026-03-01", "2026-03-31", "1–31 mars 2026")]
    [InlineData("2026-03-01", "2026-05-31", "1 mars–31 maj 2026")]
    [InlineData("2025-12-01", "2026-02-28", "1 december 2025–28 februari 2026")]
    [InlineData("2026-03-01", null, null)]
    public void Dates_are_put_into_words(string? start, string? due, string? wording)
    {
        Assert.Equal(wording, Deadline.Render(Day(start), Day(due)));
    }

    [Fact]
    public void Any_text_is_read_without_a_fault()
    {
        var random = new Random(20151130);
        string[] pieces = ["hösten", "vecka", "v", "Q", "T", "31", "0", "99", "2015", "2199", "1900", "/", "-", "–", " ", " ", "mars", "jul", "till", "senast", "före", "halvåret", "första", "läsåret", "årsskiftet", "ca", ".", "\uD83D", "𝟚", "٣", "ﬀ", "\0", "\uFFFE", "\U0001FFFF"];
        Period[] periods = [default, new(DateOnly.MinValue, DateOnly.MaxValue), new(DateOnly.MaxValue, DateOnly.MaxValue), new(new DateOnly(2026, 1, 1), null), PeriodOf("2026")];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));

            var reading = Wording.Read(text, periods[i % periods.Length]);

            Assert.True(reading.StartDate is null || reading.DueDate is null || reading.StartDate <= reading.DueDate, text);
            Assert.True(reading.Warning is not null || reading.Recurrence is not null, text);
        }
    }

    static (DateOnly? Start, DateOnly? Due) DaysOf(string wording)
    {
        var reading = Wording.Read(wording, default);
        return (reading.StartDate, reading.DueDate);
    }

    static Period PeriodOf(string period) => period switch
    {
        "" => default,
        "2015-16" => new Period(new DateOnly(2015, 1, 1), new DateOnly(2016, 12, 31)),
        "L" => new Period(new DateOnly(2025, 7, 1), new DateOnly(2026, 6, 30)),
        _ => new Period(new DateOnly(int.Parse(period, CultureInfo.InvariantCulture), 1, 1), new DateOnly(int.Parse(period, CultureInfo.InvariantCulture), 12, 31)),
    };

    static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    static DateOnly? Day(string? day) => day is null or "" ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([0-9A-F]{4})\}")]
    private static partial Regex Character();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}

namespace ActionPlan.Bench;

/// <summary>The words that generated actions are made of, and how they are put together. Everything follows from the random numbers.</summary>
sealed class Vocabulary(Random random)
{
    public static readonly (string Key, string Name)[] Departments =
    [
        ("soc", "Socialförvaltningen"), ("vof", "Vård- och omsorgsförvaltningen"), ("buf", "Barn- och utbildningsförvaltningen"),
        ("ksf", "Kommunstyrelsens förvaltning"), ("sbf", "Samhällsbyggnadsförvaltningen"), ("kff", "Kultur- och fritidsförvaltningen"),
        ("mhf", "Miljö- och hälsoskyddsförvaltningen"), ("amf", "Arbetsmarknadsförvaltningen"), ("rtj", "Räddningstjänsten"), ("vux", "Vuxenutbildningen"),
    ];

    public static readonly (string Key, string Title)[] FocusAreas =
    [
        ("personalomsattning", "Personalomsättning"), ("halsa-och-stress", "Hälsa och stress"), ("matning-och-mal", "Mätning och mål"),
        ("samarbete", "Samarbete"), ("ledning", "Ledning"), ("arbetsmiljo", "Arbetsmiljö"), ("kompetens", "Kompetens"),
        ("digitalisering", "Digitalisering"), ("kvalitet", "Kvalitet"),
    ];

    static readonly string[] Verbs =
    [
        "Införa", "Förstärka", "Se över", "Utveckla", "Kartlägga", "Samordna", "Minska", "Öka", "Förenkla", "Utbilda i",
        "Följa upp", "Ta fram", "Pröva", "Säkerställa", "Planera", "Utvärdera", "Avsluta", "Fördela", "Tydliggöra", "Digitalisera",
    ];

    // Put together, as Swedish does, they make sixteen hundred words that are each fairly rare.
    static readonly string[] Beginnings =
    [
        "arbets", "introduktions", "handlednings", "kompetens", "rekryterings", "schema", "hälso", "frisk", "lednings", "samverkans",
        "dokumentations", "utrednings", "ärende", "boende", "hemtjänst", "skol", "förskole", "elevhälso", "lokal", "budget",
        "upphandlings", "miljö", "säkerhets", "beredskaps", "utbildnings", "språk", "löne", "kvalitets", "avvikelse", "patient",
        "brukar", "medborgar", "kultur", "fritids", "bemannings", "krisstöds", "återhämtnings", "mentors", "chefs", "överlämnings",
    ];

    static readonly string[] Ends =
    [
        "plan", "rutin", "stöd", "utbildning", "grupp", "möte", "enkät", "modell", "program", "mätning",
        "samtal", "schema", "handbok", "forum", "nätverk", "uppföljning", "översyn", "försök", "mall", "kalender",
        "beskrivning", "fördelning", "bank", "dag", "vecka", "råd", "pool", "system", "checklista", "genomgång",
        "ansvar", "mål", "underlag", "process", "avtal", "analys", "åtgärd", "resurs", "övning", "tid",
    ];

    static readonly string[] Sentences =
    [
        "Medarbetarundersökningen visade låga värden på flera frågeområden.", "Mentorn är en erfaren kollega i samma arbetsgrupp.",
        "Cheferna får mer tid för sina medarbetare.", "Arbetet sker enligt samverkansavtalet med de fackliga organisationerna.",
        "Arbetsbelastningen mäts varje månad och visas för nämnden.", "Enheten prövar först i liten skala.",
        "Förslaget kom från en arbetsplatsträff.", "Resultatet redovisas i delårsrapporten.", "Kostnaden ryms inom budget.",
        "Företagshälsovården deltar vid behov.", "Åtgärden följer av en skyddsrond.", "Ö-vikar och ålderdomshem räknas hit.",
    ];

    static readonly string[] Units =
    [
        "HR-enheten", "Ekonomienheten", "Utredningsenheten", "Barnenheten", "Vuxenenheten", "Äldreenheten", "IT-enheten", "Kansliet",
        "Myndighetsenheten", "Familjeenheten", "Bemanningsenheten", "Kommunikationsenheten", "Verksamhetschef", "Förvaltningschef",
        "Enhetschef", "Kvalitetsutvecklare", "Skyddsombud", "Rektor", "Biståndsenheten", "Öppenvårdsenheten",
    ];

    static readonly string[] Districts = ["", " norr", " söder", " öster", " väster", " centrum", " Åby", " Ängelsta", " Ön", " skärgården"];
    static readonly string[] Participants = ["Fackliga organisationer", "Företagshälsovården", "Skyddsombud", "Högskolan", "Regionen", "Brukarrådet", "Polisen", "Elevrådet"];
    static readonly string[] Tags = ["introduktion", "rekrytering", "arbetsmiljö", "lön", "hälsa", "ledarskap", "digitalisering", "kvalitet", "budget", "samverkan", "trygghet", "språk"];

    public string Title() => $"{One(Verbs)} {Word()} för {One(Units).ToLowerInvariant()}{One(Districts)}";

    public string? Description() => Chance(20) ? null : $"{One(Sentences)} {Capital(Word())} och {Word()} ingår. {One(Sentences)}";

    public string? Owner() => Chance(12) ? null : One(Units) + One(Districts);

    public string[] SomeParticipants() => Some(Participants, 35);

    public string[] SomeTags() => Some(Tags, 40);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T One<T>(T[] list) => list[random.Next(list.Length)];

    string[] Some(string[] list, int percent) => Chance(percent) ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(list)).Distinct()] : [];

    string Word() => One(Beginnings) + One(Ends);

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

using System.Globalization;
using ActionPlan.Data;
using ActionPlan.Exports;
using ActionPlan.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ActionPlan.Actions;

/// <summary>Which actions a list shows, in which order, and how much of each: the query parameters of the action lists, and their SQL.</summary>
public sealed class ActionQuery
{
    static readonly QueryParameter Search = new("q",
        "Searches title, description, owner and follow-ups. All terms must match: one of three letters or more anywhere in a word, a shorter one at the start of a word.", "utbildning");
    static readonly QueryParameter Plan = QueryParameter.Keys("plan", "Only actions of these plans.", "soc-2015");
    static readonly QueryParameter Department = QueryParameter.Keys("department", "Only actions of these departments' plans.", "soc");
    static readonly QueryParameter FocusArea = QueryParameter.Keys("focusArea", "Only actions in the sections with these keys.", "samarbete");
    static readonly QueryParameter StatusIs = QueryParameter.Words("status", "Only actions with these statuses.", Status.All);
    static readonly QueryParameter Open = QueryParameter.Boolean("open", "true: only proposed, planned, in progress and paused; false: only the others.");
    static readonly QueryParameter Owner = QueryParameter.Texts("owner", "Only actions of this owner; case, hyphens and spaces do not matter. Repeat for several.", "HR-enheten");
    static readonly QueryParameter Participant = QueryParameter.Texts("participant", "Only actions with this participant; compared as owners are. Repeat for several.", "Fackliga organisationer");
    static readonly QueryParameter Tag = QueryParameter.Texts("tag", "Only actions with this tag; case does not matter. Repeat for several.", "introduktion");
    static readonly QueryParameter MeasureNumber = QueryParameter.Keys("measureNumber", "Only actions that carry out these measures of the catalogue.", "80");
    static readonly QueryParameter Priority = QueryParameter.Words("priority", "Only actions with these priorities.", ["low", "normal", "high"]);
    static readonly QueryParameter Prognosis = QueryParameter.Words("prognosis", "Only actions with these prognoses.", ["green", "yellow", "red"]);
    static readonly QueryParameter Overdue = QueryParameter.Boolean("overdue", "true: only open actions whose due date has passed; false: only the others.");
    static readonly QueryParameter DueAfter = QueryParameter.Date("dueAfter", "Only actions due after this day.");
    static readonly QueryParameter DueBefore = QueryParameter.Date("dueBefore", "Only actions due before this day.");
    static readonly QueryParameter DueWithin = QueryParameter.Duration("dueWithin", "Only actions due from today and within this time: 30d, 2w, 3m.");
    static readonly QueryParameter UpdatedSince = new("updatedSince", "Only actions changed at this instant or later.", "2015-09-01T00:00:00Z") { Format = "date-time", MaxLength = 40 };
    static readonly QueryParameter Deleted = QueryParameter.Boolean("deleted", "true, with updatedSince: shows those that have been deleted since then too, each with deletedAt.");
    static readonly QueryParameter Trial = QueryParameter.Boolean("trial", "true: only trials; false: only the others.");
    static readonly QueryParameter DecisionDueBefore = QueryParameter.Date("decisionDueBefore", "Only actions, mostly trials, that are to be decided on before this day.");
    static readonly QueryParameter Missing = QueryParameter.Words("missing",
        "Only actions that lack something: open without owner, open without a date, past their follow-up date, or done but not verified.",
        ["owner", "deadline", "followUp", "verification"]);
    static readonly QueryParameter GapIs = QueryParameter.Words("gap", "Only actions with these gaps, as GET /plans/{plan}/gaps counts them.", [.. Plans.Gap.All.Select(gap => gap.Code)]);
    static readonly QueryParameter Sort = Sorting.Parameter(Orders, "dueDate,-priority", "; actions without a date come last");
    static readonly QueryParameter Fields = Sorting.Fields("key,title,owner");

    /// <summary>The parameters of GET /actions.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters =
    [
        .. Paging.Parameters, ExportFormat.Parameter, ExportFormat.DialectParameter, Search, Plan, Department, FocusArea, StatusIs, Open, Owner, Participant, Tag, MeasureNumber, Priority, Prognosis,
        Overdue, DueAfter, DueBefore, DueWithin, UpdatedSince, Deleted, Trial, DecisionDueBefore, Missing, GapIs, Sort, Fields, Moment.AsOf,
    ];

    /// <summary>The parameters of GET /plans/{plan}/actions, which already names plan and department.</summary>
    public static readonly IReadOnlyList<QueryParameter> ParametersInPlan = [.. Parameters.Except([Plan, Department])];

    readonly Conditions conditions = new();
    readonly Caller caller;
    readonly Engine engine;
    readonly bool withDeleted;
    readonly string order;
    readonly string? walk;
    readonly string? through;
    readonly IReadOnlyList<string>? fields;

    ActionQuery(HttpContext http, IQueryCollection? given = null)
    {
        caller = Caller.Of(http);
        engine = http.RequestServices.GetRequiredService<Database>().Engine;
        var faults = Faults.Of(http);
        var query = new QueryValues(http, given);

        conditions.In("plan", "Plan", query.All(Plan));
        conditions.In("department", "Department", query.All(Department));
        conditions.In("focus_area", "FocusArea", query.All(FocusArea));
        conditions.In("status", "Status", query.All(StatusIs));
        conditions.In("owner_key", "Owner", Names(query.All(Owner)));
        Inside("action_participant", "participant_key", "Participant", Names(query.All(Participant)));
        Inside("action_tag", "tag_key", "Tag", Names(query.All(Tag)));
        conditions.In("measure_number", "MeasureNumber", Numbers(query.All(MeasureNumber), faults));
        conditions.In("priority", "Priority", query.All(Priority));
        conditions.In("prognosis", "Prognosis", query.All(Prognosis));
        if (query.Boolean(Open) is { } open) conditions.Add(open ? Status.OpenSql : "status in ('done', 'verified', 'cancelled', 'rejected')");
        var overdue = query.Boolean(Overdue);
        if (overdue is not null) conditions.Add(overdue.Value ? OverdueSql : NotOverdueSql, "Today", caller.Today);
        if (query.Date(DueAfter) is { } after) conditions.Add("due_date > @DueAfter", "DueAfter", after);
        if (query.Date(DueBefore) is { } before) conditions.Add("due_date < @DueBefore", "DueBefore", before);
        if (query.Until(DueWithin, caller.Today) is { } until) conditions.Add("due_date >= @Today and due_date <= @Until", "Until", until).Values["Today"] = caller.Today;
        withDeleted = query.Boolean(Deleted) ?? false;
        if (withDeleted && !query.Has(UpdatedSince)) faults.AddParameter(Deleted.Name, "needsUpdatedSince");
        if (withDeleted && caller.AsOf is not null) faults.AddParameter(Deleted.Name, "notWithAsOf");
        if (query.Instant(UpdatedSince) is { } since) conditions.Add(withDeleted ? SinceSql : "updated_at >= @UpdatedSince", "UpdatedSince", since);
        if (query.Boolean(Trial) is { } trial) conditions.Add(trial ? "is_trial" : "not is_trial");
        if (query.Date(DecisionDueBefore) is { } decided) conditions.Add("decision_due_date < @DecisionDueBefore", "DecisionDueBefore", decided);
        var missing = query.All(Missing);
        if (missing.Count > 0) Lacking(missing);
        var gaps = query.All(GapIs);
        if (gaps.Count > 0) conditions.Add($"({string.Join(" or ", Plans.Gap.All.Where(gap => gaps.Contains(gap.Code)).DefaultIfEmpty(Plans.Gap.All[0]).Select(gap => $"({gap.Sql})"))})").Values["Today"] = caller.Today;
        if (query.One(Search) is { } text) Matching(SearchText.Patterns(text));

        // Without statistics SQLite would read the whole list in its order, hoping that the page is soon full. Of 100,000
        // actions that took 250 ms when none matched; through the index it takes 10 ms when all do. (A bound key's
        // list is found by its department.)
        if (conditions.Count == 1 && caller.Scope is null && !withDeleted)
            through = query.Has(DueAfter, DueBefore) || overdue == true ? "action_by_due_date"
                : query.Has(UpdatedSince) ? "action_by_updated_at"
                : query.Has(DecisionDueBefore) ? "action_by_decision"
                : missing is ["followUp"] ? "action_by_follow_up"
                : null;

        var terms = query.All(Sort);
        order = Sorting.Order(terms, Orders, Sort, faults);
        walk = withDeleted ? null : Walk(terms.Count == 0 ? "key" : terms[0].TrimStart('-'), query);
        fields = Sorting.Narrowed<ActionResponse>(query.All(Fields), faults);
    }

    /// <summary>The columns of an exported list.</summary>
    public IReadOnlyList<ActionColumn> Columns => fields is not null
        ? [.. fields.Select(name => ActionColumns.All.Append(ActionColumns.Deleted).FirstOrDefault(column => column.Field == name)).OfType<ActionColumn>()]
        : withDeleted ? [.. ActionColumns.All, ActionColumns.Deleted] : ActionColumns.All;

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<ActionQuery?> BindAsync(HttpContext http) => ValueTask.FromResult<ActionQuery?>(new ActionQuery(http));

    /// <summary>The same list as the API gives with this query, for whoever shows it as a part of something else.</summary>
    internal static ActionQuery Of(HttpContext http, string query) => new(http, new QueryCollection(QueryHelpers.ParseQuery(query)));

    /// <summary>What to read.</summary>
    public Select Select(string? plan = null) => caller.AsOf is null ? SelectNow(plan) : new Select(
        ActionResponse.Columns,
        // The indexes are of what is now.
        $"action where deleted_at is null {(plan is null ? "" : "and plan = @Plan")} {Scope.On(caller)} {conditions.ToTests()}",
        order)
    {
        Fields = fields,
        Guard = plan is null ? "1" : Http.Select.PlanGuard,
        Parent = ("plan", plan ?? ""),
    }
        .With("Scope", caller.Scope).With("Plan", plan).With(conditions);

    Select SelectNow(string? plan) => new Select(
        ActionResponse.Columns,
        $"action {(plan is null && through is not null ? engine.Through(through) : "")} where {(withDeleted ? "1 = 1" : "deleted_at is null")} {(plan is null ? "" : "and plan = @Plan")} {Scope.On(caller)} {conditions}",
        order)
    {
        Wide = ("action", "id"),
        Walked = walk is null || plan is not null ? null : $"action {engine.Through(walk)} where deleted_at is null {Scope.On(caller)} {conditions.ToTests()}",
        Fields = fields,
        Guard = plan is null ? "1" : Http.Select.PlanGuard,
        Parent = ("plan", plan ?? ""),
    }
        .With("Scope", caller.Scope).With("Plan", plan).With(conditions);

    const string OverdueSql = $"due_date < @Today and {Status.OpenSql}";
    const string NotOverdueSql = $"(due_date is null or due_date >= @Today or not {Status.OpenSql})";

    // In two parts, each of which has an index of its own.
    const string SinceSql = "(deleted_at is null and updated_at >= @UpdatedSince or deleted_at is not null and updated_at >= @UpdatedSince)";

    static IReadOnlyDictionary<string, string> Orders => new Dictionary<string, string>
    {
        ["key"] = "plan {0}, number {0}",
        ["number"] = "number {0}",
        ["title"] = "title collate swedish {0}",
        ["status"] = $"case status {string.Concat(Status.All.Select((s, i) => $"when '{s}' then {i} "))}end {{0}}",
        ["owner"] = "owner collate swedish {0} nulls last",
        ["focusArea"] = "focus_area collate swedish {0} nulls last",
        ["startDate"] = "start_date {0} nulls last",
        ["dueDate"] = "due_date {0} nulls last",
        ["priority"] = "case priority when 'low' then 0 when 'normal' then 1 when 'high' then 2 end {0} nulls last",
        ["createdAt"] = "created_at {0}",
        ["updatedAt"] = "updated_at {0}",
    };

    // The index that has the list's order, for lists of very many rows. Not when a filter asks for a stretch of time: it
    // may lie at the far end of the order.
    string? Walk(string first, QueryValues query)
    {
        var stretch = query.Has(DueAfter, DueBefore, DueWithin) ? "dueDate" : query.Has(UpdatedSince) ? "updatedAt" : first;
        return first != stretch ? null : first switch
        {
            "dueDate" => "action_by_due_date",
            "updatedAt" => "action_by_updated_at",
            // The other filters' indexes have this order themselves.
            "key" when query.Has(Participant, Tag, Search) => caller.Scope is null ? "action_live" : "action_by_department",
            _ => null,
        };
    }

    // A name of signs alone matches none, rather than being no condition at all.
    static List<string> Names(IReadOnlyList<string> names) => [.. names.Select(n => SearchText.Name(n) ?? "")];

    static List<int> Numbers(IReadOnlyList<string> texts, Faults faults)
    {
        var numbers = new List<int>();
        foreach (var text in texts)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            else faults.AddParameter(MeasureNumber.Name, "wrongType", Language.Text.Of("Type.integer"), $"'{text}'");
        }

        return numbers;
    }

    void Inside(string table, string column, string name, List<string> values)
    {
        if (values.Count == 0) return;
        var names = conditions.Names(name, values);
        conditions.Add(
            $"id in (select action_id from {table} where {column} in ({names}))",
            $"exists (select 1 from {table} where action_id = action.id and {column} in ({names}))");
    }

    void Matching(IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
        {
            conditions.Add("1 = 0");
            return;
        }

        var matches = string.Join(" and ", patterns.Select(pattern => $"search_text like {conditions.Names("Q" + conditions.Values.Count, [pattern])}"));
        conditions.Add($"id in (select rowid from action_search where {matches})", matches);
    }

    void Lacking(IReadOnlyList<string> what)
    {
        var alternatives = what.Select(missing => missing switch
        {
            "owner" => $"(owner_key is null and {Status.OpenSql})",
            "deadline" => $"(due_date is null and (recurrence is null or recurrence <> 'continuous') and {Status.OpenSql})",
            "followUp" => $"(next_follow_up_date < @Today and {Status.FollowedSql})",
            _ => "status = 'done'",
        });
        conditions.Add($"({string.Join(" or ", alternatives)})").Values["Today"] = caller.Today;
    }
}

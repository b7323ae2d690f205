using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Indicators;

/// <summary>A nyckeltal: what is measured period by period to see whether the actions help.</summary>
public sealed class IndicatorResponse : VersionedResource
{
    const int MissingShown = 500;

    /// <summary>What is read of a row. Actions that are gone, or have gone to another department, are no longer told of.</summary>
    public const string Columns = $"""
        key, department, name, unit_of_measure, direction, interval, reported_to, reliability_note, target, {AuditColumns},
        coalesce((
            select string_agg(tied.plan || '-' || tied.number, ' ' order by tied.plan, tied.number)
            from indicator_action tied join action on action.plan = tied.plan and action.number = tied.number
            where tied.indicator = indicator.key and action.deleted_at is null and action.department = indicator.department), '') as tied,
        {IndicatorSeries.Column} as series
        """;

    /// <summary>Its key in addresses; never changed.</summary>
    /// <example>soc-korttidssjukfranvaro</example>
    public required string Key { get; init; }

    /// <summary>Key of the department whose figure it is.</summary>
    /// <example>soc</example>
    public required string Department { get; init; }

    /// <summary>What is measured.</summary>
    /// <example>Korttidssjukfrånvaro</example>
    public required string Name { get; init; }

    /// <summary>What a value is counted in.</summary>
    /// <example>procent av ordinarie arbetstid</example>
    public required string? UnitOfMeasure { get; init; }

    /// <summary>Which way is better.</summary>
    /// <example>lowerIsBetter</example>
    public required string Direction { get; init; }

    /// <summary>How often it is measured.</summary>
    /// <example>monthly</example>
    public required string Interval { get; init; }

    /// <summary>Whom it is reported to.</summary>
    /// <example>Socialnämnden</example>
    public required string? ReportedTo { get; init; }

    /// <summary>How far it can be trusted.</summary>
    /// <example>Kommer ur lönesystemet den 10 i nästa månad och rättas ibland i efterhand.</example>
    public required string? ReliabilityNote { get; init; }

    /// <summary>What it is to reach, or null.</summary>
    public required IndicatorTarget? Target { get; init; }

    /// <summary>Keys of the actions whose effect it is to show.</summary>
    /// <example>["soc-2015-12"]</example>
    public IReadOnlyList<string> Actions => Tied.Length == 0 ? [] : Tied.Split(' ');

    /// <summary>The latest value of each unit, the whole first, and how it stands.</summary>
    [MaxLength(1000), Derived]
    public IReadOnlyList<LatestValue> LatestValues { get; private set; } = [];

    /// <summary>
    /// Periods without a value: for each unit those between its first value and the last period that is over. At most 500, the earliest first.
    /// </summary>
    [MaxLength(MissingShown), Derived]
    public IReadOnlyList<MissingValue> Missing { get; private set; } = [];

    /// <summary>How many periods lack a value in all.</summary>
    /// <example>1</example>
    [Range(0, int.MaxValue), Derived]
    public int MissingCount { get; private set; }

    /// <summary>The keys of the actions, separated by spaces.</summary>
    [JsonIgnore]
    public string Tied { get; init; } = "";

    /// <summary>Its values in short; see <see cref="IndicatorSeries.Column"/>.</summary>
    [JsonIgnore]
    public string? Series { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("indicator", Key, Department, null);

    /// <inheritdoc />
    public override object Fold() => new
    {
        Actions = Actions.Select(action => ActionPlan.Actions.GetAction.TrySplit(action, out var plan, out var number) ? new { Plan = plan, Number = number } : throw new InvalidOperationException(action)),
    };

    /// <inheritdoc />
    public override string? AlsoDependsOn() => Tied + Series;

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        var series = IndicatorSeries.Of(Series, Interval);
        LatestValues = [.. series.Select(s => s.Stand(Target, Direction))];
        var missing = series.SelectMany(s => s.Missing(caller.Today)).ToList();
        MissingCount = missing.Count;
        Missing = [.. missing.OrderBy(m => m.Number).Take(MissingShown).Select(m => new MissingValue { Period = m.Period, Unit = m.Unit })];

        links.AddEditable($"/indicators/{Key}")
            .Add("collection", "/indicators")
            .Add("values", $"/indicators/{Key}/values")
            .Add("department", $"/departments/{Department}");
    }
}

/// <summary>The latest value of a unit, and how it stands to the target and to where the series began.</summary>
public sealed class LatestValue
{
    /// <summary>The period that it tells of.</summary>
    /// <example>2015-08</example>
    [MaxLength(ReportingPeriod.MaxLength), RegularExpression(ReportingPeriod.Pattern)]
    public required string Period { get; init; }

    /// <summary>The unit (verksamhet), or null for the whole.</summary>
    /// <example>Barn och ungdom</example>
    [MaxLength(100)]
    public required string? Unit { get; init; }

    /// <summary>The value.</summary>
    /// <example>5.9</example>
    [Range(-Numbers.Largest, Numbers.Largest)]
    public required decimal Value { get; init; }

    /// <summary>True if it reaches the target, false if it does not; null without a target.</summary>
    /// <example>false</example>
    public required bool? TargetMet { get; init; }

    /// <summary>The value minus the target's; null without a target.</summary>
    /// <example>0.4</example>
    [Range(-2 * Numbers.Largest, 2 * Numbers.Largest)]
    public required decimal? DifferenceFromTarget { get; init; }

    /// <summary>The period of the unit's first value, which is its baseline.</summary>
    /// <example>2015-01</example>
    [MaxLength(ReportingPeriod.MaxLength), RegularExpression(ReportingPeriod.Pattern)]
    public required string BaselinePeriod { get; init; }

    /// <summary>The unit's first value.</summary>
    /// <example>7.2</example>
    [Range(-Numbers.Largest, Numbers.Largest)]
    public required decimal BaselineValue { get; init; }

    /// <summary>The value minus the baseline's.</summary>
    /// <example>-1.3</example>
    [Range(-2 * Numbers.Largest, 2 * Numbers.Largest)]
    public required decimal ChangeFromBaseline { get; init; }

    /// <summary>True if it is better than the baseline, as the indicator's direction has it, false if it is worse; null if it is the same.</summary>
    /// <example>true</example>
    public required bool? IsBetter { get; init; }
}

/// <summary>A period for which a unit has no value.</summary>
public sealed class MissingValue
{
    /// <summary>The period.</summary>
    /// <example>2015-07</example>
    [MaxLength(ReportingPeriod.MaxLength), RegularExpression(ReportingPeriod.Pattern)]
    public required string Period { get; init; }

    /// <summary>The unit (verksamhet), or null for the whole.</summary>
    /// <example>Barn och ungdom</example>
    [MaxLength(100)]
    public required string? Unit { get; init; }
}

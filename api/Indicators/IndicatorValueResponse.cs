using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Indicators;

/// <summary>The value of an indicator in a period, for a unit or for the whole.</summary>
public sealed class IndicatorValueResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = $"""
        indicator, period, unit, value, note, {AuditColumns}, unit_key,
        (select department from indicator where indicator.key = indicator_value.indicator) as department
        """;

    /// <summary>Key of the indicator.</summary>
    /// <example>soc-korttidssjukfranvaro</example>
    [MaxLength(60)]
    public required string Indicator { get; init; }

    /// <summary>The period.</summary>
    /// <example>2015-08</example>
    [MaxLength(ReportingPeriod.MaxLength), RegularExpression(ReportingPeriod.Pattern)]
    public required string Period { get; init; }

    /// <summary>The unit (verksamhet), or null for the whole.</summary>
    /// <example>Barn och ungdom</example>
    public required string? Unit { get; init; }

    /// <summary>The value, in the indicator's unit of measure.</summary>
    /// <example>5.9</example>
    public required decimal Value { get; init; }

    /// <summary>What should be known about it.</summary>
    /// <example>Preliminär</example>
    public required string? Note { get; init; }

    /// <summary>How the unit is told from others; empty for the whole.</summary>
    [JsonIgnore]
    public string UnitKey { get; init; } = "";

    /// <summary>The indicator's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("indicatorValue", $"{Indicator}/{Period}{(UnitKey.Length == 0 ? "" : "/" + UnitKey)}", Department, null);

    /// <summary>Where the value is that a state of the change log tells of.</summary>
    internal static string PathOf(string state)
    {
        var root = JsonDocument.Parse(state).RootElement;
        return PathOf(root.GetProperty("indicator").GetString()!, root.GetProperty("period").GetString()!, root.GetProperty("unit").GetString());
    }

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        var path = PathOf(Indicator, Period, Unit);
        links.Add("self", path)
            .Add("edit", $"/indicators/{Indicator}/values/{Period}", "PUT", Role.Editor)
            .Add("delete", path, "DELETE", Role.Editor)
            .Add("collection", $"/indicators/{Indicator}/values")
            .Add("up", $"/indicators/{Indicator}");
    }

    static string PathOf(string indicator, string period, string? unit) =>
        $"/indicators/{indicator}/values/{period}{(unit is null ? "" : "?unit=" + Uri.EscapeDataString(unit))}";
}

using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;

namespace ActionPlan.Measures;

/// <summary>An insats in the catalogue: something that has helped elsewhere and can be adopted into a plan.</summary>
public sealed class MeasureResponse : Resource
{
    /// <summary>What is read of a row.</summary>
    internal static string Columns(Caller caller) =>
        $"number, category, title, (select count(*) from action where action.measure_number = measure.number and {Adoption.Seen(caller)}) as adoptions";

    /// <summary>Its number in the catalogue, 1 to 101.</summary>
    /// <example>80</example>
    [Range(1, 10_000)]
    public required int Number { get; init; }

    /// <summary>One of the catalogue's five headings.</summary>
    /// <example>God introduktion</example>
    [MaxLength(200)]
    public required string Category { get; init; }

    /// <summary>What it is about, in short.</summary>
    /// <example>Mentor i arbetsgruppen för varje nyanställd</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>How many have adopted it: the length of its list of adoptions, as far as the key may see.</summary>
    /// <example>3</example>
    [Range(0, int.MaxValue), Derived]
    public int Adoptions { get; init; }

    /// <inheritdoc />
    public override string? AlsoDependsOn() => Adoptions.ToString();

    /// <inheritdoc />
    public override Identity Identify() => new("measure", Number.ToString(), null, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/measures/{Number}")
        .Add("collection", "/measures")
        .Add("adoptions", $"/measures/{Number}/adoptions")
        .Add("actions", $"/actions?measureNumber={Number}");
}

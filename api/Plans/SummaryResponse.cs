using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;

namespace ActionPlan.Plans;

/// <summary>A plan in figures, as a manager asks for them.</summary>
public sealed class SummaryResponse : Resource
{
    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The day it was looked at.</summary>
    /// <example>2015-10-01</example>
    public required DateOnly Date { get; init; }

    /// <summary>All actions.</summary>
    /// <example>75</example>
    [Range(0, int.MaxValue)]
    public required int Total { get; init; }

    /// <summary>Those that are proposed, planned, in progress or paused.</summary>
    /// <example>41</example>
    [Range(0, int.MaxValue)]
    public required int Open { get; init; }

    /// <summary>Open ones whose due date has passed.</summary>
    /// <example>6</example>
    [Range(0, int.MaxValue)]
    public required int Overdue { get; init; }

    /// <summary>Open ones due today or within 30 days.</summary>
    /// <example>4</example>
    [Range(0, int.MaxValue)]
    public required int DueSoon { get; init; }

    /// <summary>Those that a summary names first.</summary>
    /// <example>10</example>
    [Range(0, int.MaxValue)]
    public required int Highlighted { get; init; }

    /// <summary>Open ones without owner.</summary>
    /// <example>3</example>
    [Range(0, int.MaxValue)]
    public required int WithoutOwner { get; init; }

    /// <summary>The share that is done or verified of all that were not cancelled or rejected, 0 to 1; null if there are none.</summary>
    /// <example>0.43</example>
    [Range(0, 1)]
    public required double? ShareDone { get; init; }

    /// <summary>The share that is verified of all that were not cancelled or rejected, 0 to 1; null if there are none.</summary>
    /// <example>0.2</example>
    [Range(0, 1)]
    public required double? ShareVerified { get; init; }

    /// <summary>How many have each status.</summary>
    public required StatusCounts ByStatus { get; init; }

    /// <summary>How many of the open ones have each prognosis.</summary>
    public required PrognosisCounts ByPrognosis { get; init; }

    /// <summary>The sections, in the plan's order; last those in none.</summary>
    [MaxLength(10_000)]
    public required IReadOnlyList<FocusAreaCounts> FocusAreas { get; init; }

    /// <summary>The owners, those with most open actions first: a thousand at most; GET /owners pages through all.</summary>
    [MaxLength(1000)]
    public required IReadOnlyList<OwnerCounts> Owners { get; init; }

    /// <summary>How much of the catalogue's categories the plan takes up.</summary>
    [MaxLength(100)]
    public required IReadOnlyList<CategoryCoverage> Categories { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("summary", Plan, null, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/plans/{Plan}/summary")
        .Add("up", $"/plans/{Plan}")
        .Add("overdue", $"/plans/{Plan}/actions?overdue=true")
        .Add("dueSoon", $"/plans/{Plan}/actions?open=true&dueWithin=30d")
        .Add("withoutOwner", $"/plans/{Plan}/actions?missing=owner")
        .Add("owners", $"/owners?plan={Plan}")
        .Add("gaps", $"/plans/{Plan}/gaps");
}

/// <summary>How many actions have each status.</summary>
public sealed class StatusCounts
{
    /// <summary>Föreslagna.</summary>
    /// <example>4</example>
    [Range(0, int.MaxValue)]
    public int Proposed { get; init; }

    /// <summary>Planerade.</summary>
    /// <example>20</example>
    [Range(0, int.MaxValue)]
    public int Planned { get; init; }

    /// <summary>Pågående.</summary>
    /// <example>15</example>
    [Range(0, int.MaxValue)]
    public int InProgress { get; init; }

    /// <summary>Pausade.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public int Paused { get; init; }

    /// <summary>Genomförda, ännu inte kontrollerade.</summary>
    /// <example>17</example>
    [Range(0, int.MaxValue)]
    public int Done { get; init; }

    /// <summary>Kontrollerade.</summary>
    /// <example>15</example>
    [Range(0, int.MaxValue)]
    public int Verified { get; init; }

    /// <summary>Avbrutna.</summary>
    /// <example>1</example>
    [Range(0, int.MaxValue)]
    public int Cancelled { get; init; }

    /// <summary>Förkastade.</summary>
    /// <example>1</example>
    [Range(0, int.MaxValue)]
    public int Rejected { get; init; }
}

/// <summary>How many open actions have each prognosis.</summary>
public sealed class PrognosisCounts
{
    /// <summary>Enligt plan.</summary>
    /// <example>20</example>
    [Range(0, int.MaxValue)]
    public required int Green { get; init; }

    /// <summary>Risk för avvikelse.</summary>
    /// <example>5</example>
    [Range(0, int.MaxValue)]
    public required int Yellow { get; init; }

    /// <summary>Avviker.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public required int Red { get; init; }

    /// <summary>Utan prognos.</summary>
    /// <example>14</example>
    [Range(0, int.MaxValue)]
    public required int None { get; init; }
}

/// <summary>The actions of a section in figures.</summary>
public sealed class FocusAreaCounts
{
    /// <summary>Key of the section; null for actions in none.</summary>
    /// <example>personalomsattning</example>
    [MaxLength(60)]
    public required string? FocusArea { get; init; }

    /// <summary>Its title.</summary>
    /// <example>Personalomsättning</example>
    [MaxLength(300)]
    public required string? Title { get; init; }

    /// <summary>All actions.</summary>
    /// <example>9</example>
    [Range(0, int.MaxValue)]
    public required int Total { get; init; }

    /// <summary>Open ones.</summary>
    /// <example>5</example>
    [Range(0, int.MaxValue)]
    public required int Open { get; init; }

    /// <summary>Open ones whose due date has passed.</summary>
    /// <example>1</example>
    [Range(0, int.MaxValue)]
    public required int Overdue { get; init; }

    /// <summary>How many have each status.</summary>
    public required StatusCounts ByStatus { get; init; }
}

/// <summary>The actions of an owner in figures.</summary>
public sealed class OwnerCounts
{
    /// <summary>The owner, as first written.</summary>
    /// <example>HR-enheten</example>
    [MaxLength(200)]
    public required string Owner { get; init; }

    /// <summary>Open actions.</summary>
    /// <example>12</example>
    [Range(0, int.MaxValue)]
    public required int Open { get; init; }

    /// <summary>Open actions whose due date has passed.</summary>
    /// <example>3</example>
    [Range(0, int.MaxValue)]
    public required int Overdue { get; init; }

    /// <summary>Open actions due today or within 30 days.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public required int DueSoon { get; init; }

    /// <summary>Actions that are done or verified.</summary>
    /// <example>7</example>
    [Range(0, int.MaxValue)]
    public required int Done { get; init; }
}

/// <summary>How much of a category of the catalogue a plan takes up.</summary>
public sealed class CategoryCoverage
{
    /// <summary>The category.</summary>
    /// <example>God introduktion</example>
    [MaxLength(200)]
    public required string Category { get; init; }

    /// <summary>Its measures in the catalogue.</summary>
    /// <example>21</example>
    [Range(0, int.MaxValue)]
    public required int Measures { get; init; }

    /// <summary>Those of them that an action of the plan carries out, cancelled and rejected ones aside.</summary>
    /// <example>4</example>
    [Range(0, int.MaxValue)]
    public required int Adopted { get; init; }
}

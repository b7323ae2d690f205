using System.Globalization;

namespace ActionPlan.Tests.Support;

/// <summary>Runs with the real time until it is set; from then on it stands still.</summary>
public sealed class StoppableClock : TimeProvider
{
    DateTimeOffset? stopped;

    public override DateTimeOffset GetUtcNow() => stopped ?? base.GetUtcNow();

    /// <summary>Stops at an instant such as <c>2026-03-28T23:30:00Z</c>.</summary>
    public void StopAt(string instant) => stopped = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public void Advance(TimeSpan time) => stopped = GetUtcNow() + time;
}

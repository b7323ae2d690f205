using System.Diagnostics;

namespace ActionPlan.Tests.Support;

/// <summary>Waits for what happens soon, but not at once: asks again and again until a deadline.</summary>
public static class Eventually
{
    /// <summary>Waits until <paramref name="holds"/>; how long it took.</summary>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> holds, string what, double seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {what}");
            await Task.Delay(20);
        }

        return watch.Elapsed;
    }

    /// <summary>Waits until <paramref name="holds"/>; how long it took.</summary>
    public static Task<TimeSpan> HoldsAsync(Func<bool> holds, string what, double seconds = 10) => HoldsAsync(() => Task.FromResult(holds()), what, seconds);
}

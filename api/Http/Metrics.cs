using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ActionPlan.Http;

/// <summary>
/// <c>/metrics</c> in Prometheus' text format: what ASP.NET Core, Kestrel, the runtime and the writer measure of themselves.
/// Needs a key, as everything does that is not a probe. Our own, since no exporter is in the registry this is built from.
/// </summary>
sealed class Metrics : IDisposable
{
    static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", Data.Writer.MeterName];
    static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    readonly ConcurrentDictionary<(string Name, string Labels), Series> all = new();
    readonly MeterListener listener = new();

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/metrics", () => Results.Text(Write(), "text/plain; version=0.0.4", Encoding.UTF8))
        .Requires(Role.Reader).ExcludeFromDescription();

    public void Dispose() => listener.Dispose();

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = all.GetOrAdd((Name(instrument), Labels(tags)), _ => new Series(Kind(instrument)));
        lock (series)
        {
            // An observed instrument tells what is, the others what came.
            series.Sum = instrument.IsObservable ? value : series.Sum + value;
            series.Count++;
            for (var i = 0; i < Bounds.Length; i++)
                if (value <= Bounds[i]) series.Buckets[i]++;
        }
    }

    string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var metric in all.GroupBy(s => s.Key.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(metric.Key).Append(' ').Append(metric.First().Value.Kind).Append('\n');
            foreach (var ((name, labels), series) in metric)
                lock (series) series.Write(text, name, labels);
        }

        return text.ToString();
    }

    static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => "histogram",
        "Counter" or "ObservableCounter" => "counter",
        _ => "gauge",
    };

    static string Name(Instrument instrument) => instrument.Name.Replace('.', '_') + (instrument.Unit is "s" ? "_seconds" : instrument.Unit is "By" ? "_bytes" : "") + (Kind(instrument) == "counter" ? "_total" : "");

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
            labels.Append(labels.Length == 0 ? "" : ",").Append(name.Replace('.', '_')).Append("=\"")
                .Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        return labels.ToString();
    }

    sealed class Series(string kind)
    {
        public string Kind => kind;
        public double Sum { get; set; }
        public long Count { get; set; }
        public long[] Buckets { get; } = new long[Bounds.Length];

        public void Write(StringBuilder text, string name, string labels)
        {
            if (kind != "histogram")
            {
                Line(text, name, labels, Sum);
                return;
            }

            var separator = labels.Length == 0 ? "" : ",";
            for (var i = 0; i < Bounds.Length; i++) Line(text, name + "_bucket", $"{labels}{separator}le=\"{Bounds[i].ToString(CultureInfo.InvariantCulture)}\"", Buckets[i]);
            Line(text, name + "_bucket", $"{labels}{separator}le=\"+Inf\"", Count);
            Line(text, name + "_sum", labels, Sum);
            Line(text, name + "_count", labels, Count);
        }

        static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}

using System.Data;
using System.Globalization;
using System.Text.Json;
using ActionPlan.Http;
using ActionPlan.Indicators;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Data;

/// <summary>How dates, instants, ids and lists are written and read: as text on SQLite, which has no types for them. Registered once per process.</summary>
static class Mapping
{
    static Mapping()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add(new Dates());
        Add(new Instants());
        Add(new Ids());
        Add(new Decimals());
        SqlMapper.AddTypeHandler(new Texts());
        SqlMapper.AddTypeHandler(new Targets());
    }

    // A static constructor runs once, whoever comes first.
    public static void Register() { }

    // Without RemoveTypeMap Dapper sends such a value its own way and never asks the handler.
    static void Add<T>(SqlMapper.TypeHandler<T> handler) where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    sealed class Dates : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value) =>
            parameter.Value = parameter is SqliteParameter ? value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value;

        public override DateOnly Parse(object value) =>
            value is DateOnly date ? date : DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    sealed class Instants : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = parameter is SqliteParameter ? Json.Instant(value) : value.UtcDateTime;

        public override DateTimeOffset Parse(object value) =>
            value is DateTime utc ? new DateTimeOffset(utc, TimeSpan.Zero) : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    sealed class Ids : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value) => parameter.Value = parameter is SqliteParameter ? value.ToString() : value;

        public override Guid Parse(object value) => value is Guid id ? id : Guid.Parse((string)value);
    }

    // As text on both engines: SQLite's own numbers are binary fractions.
    sealed class Decimals : SqlMapper.TypeHandler<decimal>
    {
        public override void SetValue(IDbDataParameter parameter, decimal value) => parameter.Value = Numbers.Plain(value).ToString(CultureInfo.InvariantCulture);

        public override decimal Parse(object value) => decimal.Parse((string)value, CultureInfo.InvariantCulture);
    }

    sealed class Targets : SqlMapper.TypeHandler<IndicatorTarget>
    {
        public override void SetValue(IDbDataParameter parameter, IndicatorTarget? value) => parameter.Value = JsonSerializer.Serialize(value, Json.State);

        public override IndicatorTarget? Parse(object value) => JsonSerializer.Deserialize<IndicatorTarget>((string)value, Json.State);
    }

    sealed class Texts : SqlMapper.TypeHandler<IReadOnlyList<string>>
    {
        public override void SetValue(IDbDataParameter parameter, IReadOnlyList<string>? value) =>
            parameter.Value = JsonSerializer.Serialize(value ?? [], Json.State);

        public override IReadOnlyList<string> Parse(object value) =>
            JsonSerializer.Deserialize<string[]>((string)value) ?? [];
    }
}

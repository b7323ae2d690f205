using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ActionPlan.Data;
using FluentValidation;

namespace ActionPlan.Http;

/// <summary>Marks a property that is chosen when the resource is created and never changed: a patch cannot name it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnlyAtCreationAttribute : Attribute;

/// <summary>An object within a resource, such as a target: read, changed in part and checked as the resource is.</summary>
public interface IPart;

/// <summary>A body that has been read and can tell what is wrong with it.</summary>
public interface IBody
{
    /// <summary>Adds every fault that the rules find.</summary>
    void Check(Faults faults);
}

/// <summary>An argument that does its work before the transaction begins, so that nobody waits for it.</summary>
public interface IPrepared
{
    /// <summary>Does it; the answer if it ends there.</summary>
    Task<Problem?> PrepareAsync(HttpContext http, Data.Db db);
}

/// <summary>What may be set on a resource, with its rules. Binds from the body of a POST.</summary>
public abstract class Input<T> : IBody where T : Input<T>, IInput<T>, new()
{
    bool isUnread;

    /// <summary>Reads the body; what is wrong with it goes to the request's <see cref="Faults"/>.</summary>
    public static async ValueTask<T?> BindAsync(HttpContext http)
    {
        if (await Body.ReadAsync(http, "application/json") is not { } tree) return new T { isUnread = true };
        var input = new T();
        foreach (var (property, value) in Body.Values<T>(tree, Faults.Of(http), isPatch: false)) Body.Set(property, input, value);
        input.Settle();
        return input;
    }

    /// <summary>Gives what is left out, or cleared, its default.</summary>
    public virtual void Settle() { }

    /// <inheritdoc />
    public void Check(Faults faults)
    {
        // Nothing can be said of the parts of a body that could not be read.
        if (!isUnread) faults.Add(T.Rules.Validate((T)this));
    }
}

/// <summary>Says which rules an input obeys and which resource it sets.</summary>
public interface IInput<T>
{
    /// <summary>The rules.</summary>
    static abstract IValidator<T> Rules { get; }

    /// <summary>The resource that shows what was set: its other properties are read-only.</summary>
    static abstract Type Shown { get; }
}

/// <summary>
/// A JSON merge patch (RFC 7396) of <typeparamref name="T"/>: what is absent stays, <c>null</c> clears.
/// Nothing that the request does not name is ever changed.
/// </summary>
public sealed class Patch<T> : IBody where T : Input<T>, IInput<T>, new()
{
    readonly List<(JsonPropertyInfo Property, object? Value)> values = [];

    /// <summary>Reads the body; what is wrong with it goes to the request's <see cref="Faults"/>.</summary>
    public static async ValueTask<Patch<T>?> BindAsync(HttpContext http)
    {
        var patch = new Patch<T>();
        if (await Body.ReadAsync(http, "application/merge-patch+json", "application/json") is { } tree)
            patch.values.AddRange(Body.Values<T>(tree, Faults.Of(http), isPatch: true));
        return patch;
    }

    /// <summary>A patch that did not come as a body.</summary>
    internal static Patch<T> Of(IEnumerable<(JsonPropertyInfo Property, object? Value)> values)
    {
        var patch = new Patch<T>();
        patch.values.AddRange(values);
        return patch;
    }

    /// <summary>True if the request names the property (as JSON spells it).</summary>
    public bool Names(string property) => values.Any(v => v.Property.Name == property);

    /// <summary>True if the request names the property and no other.</summary>
    public bool NamesOnly(string property) => values.Count == 1 && Names(property);

    /// <summary>The resource as it would be with what the request names set; the rules have yet to be asked.</summary>
    public T ApplyTo(Resource current)
    {
        var wanted = Copy.To<T>(current);
        foreach (var (property, value) in values) Body.Set(property, wanted, value);
        wanted.Settle();
        return wanted;
    }

    /// <summary>The same, and a problem if the result breaks a rule.</summary>
    public Problem? Apply(Resource current, out T wanted)
    {
        wanted = ApplyTo(current);
        var faults = new Faults();
        wanted.Check(faults);
        return faults.Count == 0 ? null : Problem.Invalid(faults);
    }

    /// <summary>The rules of the properties that are named; those between properties wait until the rest is known.</summary>
    public void Check(Faults faults)
    {
        if (values.Count == 0) return;
        var alone = new T();
        foreach (var (property, value) in values) Body.Set(property, alone, value);
        // A part may be named in part, and what is there already is not known here.
        var named = values.Where(v => !v.Property.PropertyType.IsAssignableTo(typeof(IPart))).Select(v => ((MemberInfo)v.Property.AttributeProvider!).Name).ToArray();
        faults.Add(T.Rules.Validate(alone, options => options.IncludeProperties(named)));
    }
}

using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Webhooks;

/// <summary>What may be chosen for a webhook.</summary>
public sealed class WebhookInput : Input<WebhookInput>, IInput<WebhookInput>
{
    /// <summary>Where messages are sent: an https address, or an http one in a network that the service is configured to reach.</summary>
    /// <example>https://intranet.example.se/atgardsplan?flow=7</example>
    public string? Url { get; set; }

    /// <summary>What it is told of; left out, of everything.</summary>
    /// <example>["action.created", "action.overdue"]</example>
    public IReadOnlyList<string>? Events { get; set; }

    /// <summary>json: the resource with old and new values. teams: an Adaptive Card for a workflow in Microsoft Teams.</summary>
    /// <example>json</example>
    public string? Format { get; set; }

    /// <summary>Key of the one plan it is told of; left out, of all that its key may see.</summary>
    /// <example>soc-2015</example>
    public string? Plan { get; set; }

    /// <summary>active, or paused: then messages wait. Setting active goes on where it stopped.</summary>
    /// <example>active</example>
    public string? State { get; set; }

    /// <inheritdoc />
    public static IValidator<WebhookInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(WebhookResponse);

    /// <inheritdoc />
    public override void Settle()
    {
        Events = Events?.Distinct().ToArray() ?? EventTypes.All;
        Format ??= Formats.Json;
        State ??= WebhookState.Active;
    }

    sealed class Validator : AbstractValidator<WebhookInput>
    {
        public Validator()
        {
            RuleFor(w => w.Url).NotEmpty().Line(2000);
            this.Lines(w => w.Events, 20, 50);
            RuleForEach(w => w.Events).OneOf(EventTypes.All);
            RuleFor<IEnumerable<string>?>(w => w.Events).Must(events => events?.Any() != false).WithErrorCode("required");
            RuleFor(w => w.Format).OneOf(Formats.All);
            RuleFor(w => w.Plan).Key();
            RuleFor(w => w.State).OneOf(WebhookState.All);
        }
    }
}

/// <summary>How a message is written.</summary>
public static class Formats
{
    /// <summary>The resource, with old and new values.</summary>
    public const string Json = "json";

    /// <summary>An Adaptive Card for a workflow in Microsoft Teams.</summary>
    public const string Teams = "teams";

    /// <summary>Both.</summary>
    public static readonly IReadOnlyList<string> All = [Json, Teams];
}

/// <summary>Whether a webhook is told anything now.</summary>
public static class WebhookState
{
    /// <summary>Messages are sent.</summary>
    public const string Active = "active";

    /// <summary>Messages wait.</summary>
    public const string Paused = "paused";

    /// <summary>Both.</summary>
    public static readonly IReadOnlyList<string> All = [Active, Paused];
}

/// <summary>Why a webhook is paused: the values of <c>webhook.pause_reason</c>; each has a text.</summary>
static class PauseReason
{
    /// <summary>Somebody set it so.</summary>
    public const string Asked = "asked";

    /// <summary>The receiver did not take a message for 24 hours.</summary>
    public const string Undeliverable = "undeliverable";

    /// <summary>The receiver answered 410 Gone: it wants no more.</summary>
    public const string Gone = "gone";

    /// <summary>The key that made it was revoked or has expired.</summary>
    public const string KeyStopped = "keyStopped";
}

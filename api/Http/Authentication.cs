using System.Security.Claims;
using System.Text.Encodings.Web;
using ActionPlan.ApiKeys;
using ActionPlan.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ActionPlan.Http;

/// <summary>Reads <c>Authorization: Bearer …</c> (RFC 6750), on the web pages also the cookie of the sign-in form, and answers 401 and 403.</summary>
sealed class Authentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>Registers the scheme. The core alone: AddAuthentication would keep keys of its own in the home folder.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddWebEncoders();
        services.AddTransient<Authentication>();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = SchemeName;
            options.AddScheme<Authentication>(SchemeName, null);
        });
        services.AddAuthorization();
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return SignIn.Token(Context) is { } token && await keys.FindSessionAsync(token) is { } person ? Success(person) : AuthenticateResult.NoResult();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("no bearer key");
        if (await keys.FindAsync(header["Bearer ".Length..].Trim()) is not { } holder) return AuthenticateResult.Fail("no such key");
        return Success(holder);
    }

    static AuthenticateResult Success(KeyRing.Holder holder) => AuthenticateResult.Success(new AuthenticationTicket(Principal(holder), SchemeName));

    /// <summary>Who asks, as all others know it.</summary>
    public static ClaimsPrincipal Principal(KeyRing.Holder holder)
    {
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, holder.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, holder.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, holder.Role));
        if (holder.Department is not null) identity.AddClaim(new Claim("department", holder.Department));
        return new ClaimsPrincipal(identity);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var sent = Request.Headers.Authorization.Count > 0;
        if (!sent && SignIn.IsAskedOf(Context))
        {
            Response.Redirect(SignIn.Address(Context.Request.Path + Context.Request.QueryString));
            return;
        }

        Response.Headers.WWWAuthenticate = sent ? "Bearer error=\"invalid_token\"" : "Bearer";
        await Problem.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Role ?? Role.Admin;
        return Problem.RoleMissing(needed, Caller.Of(Context).Role).ExecuteAsync(Context);
    }
}

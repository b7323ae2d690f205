using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActionPlan.Webhooks;

/// <summary>Signs messages as Standard Webhooks has it (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body.</summary>
public static class SigningSecret
{
    const string Prefix = "whsec_";
    const int Bytes = 32;

    /// <summary>A new secret: <c>whsec_</c> and 256 bits of chance in base64.</summary>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The header <c>webhook-signature</c>: <c>v1,</c> and the signature, for each secret, separated by spaces.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset at, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{body}");
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}

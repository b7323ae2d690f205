using ActionPlan.ApiKeys;

namespace ActionPlan.Tests.ApiKeys;

public class SecretTests
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void A_key_is_ap_then_49_letters_and_digits()
    {
        var key = Secret.Create();

        Assert.Matches("^ap_[0-9A-Za-z]{49}$", key);
        Assert.True(Secret.HasChecksum(key));
    }

    [Fact]
    public void A_thousand_keys_are_all_different_and_use_every_sign()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => Secret.Create()).ToList();

        Assert.Equal(1000, keys.Distinct().Count());
        Assert.Equal(Alphabet, string.Concat(keys.SelectMany(k => k[3..46]).Distinct().Order()));
    }

    [Fact]
    public void Every_single_character_typo_is_told()
    {
        var key = Secret.Create();
        var typos = Enumerable.Range(0, key.Length).SelectMany(at => (Alphabet + "_-å ").Where(c => c != key[at]).Select(c => key[..at] + c + key[(at + 1)..])).ToList();

        Assert.InRange(typos.Count, 52 * 64, 52 * 66);
        Assert.DoesNotContain(typos, Secret.HasChecksum);
    }

    [Fact]
    public void Two_neighbours_that_changed_places_are_told()
    {
        var key = Secret.Create();
        var swapped = Enumerable.Range(0, key.Length - 1).Where(at => key[at] != key[at + 1])
            .Select(at => key[..at] + key[at + 1] + key[at] + key[(at + 2)..]).ToList();

        Assert.NotEmpty(swapped);
        Assert.DoesNotContain(swapped, Secret.HasChecksum);
    }

    [Fact]
    public void A_missing_or_added_character_is_told()
    {
        var key = Secret.Create();
        var cut = Enumerable.Range(0, key.Length).Select(at => key.Remove(at, 1));
        var longer = Enumerable.Range(0, key.Length + 1).Select(at => key.Insert(at, "a"));

        Assert.DoesNotContain(cut.Concat(longer), Secret.HasChecksum);
    }

    [Fact]
    public void A_text_that_a_human_chose_has_no_checksum()
    {
        foreach (var text in new[] { "", "ap_", "a-first-key-for-the-tests-only", "ap_" + new string('a', 49), "åäö" + new string('0', 49) })
            Assert.False(Secret.HasChecksum(text), text);
    }

    [Fact]
    public void The_hash_is_sha256_in_hexadecimal()
    {
        // From FIPS 180-4's examples.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Secret.Hash("abc"));
    }
}

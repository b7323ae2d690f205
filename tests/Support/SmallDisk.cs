using System.Diagnostics;
using System.Globalization;

namespace ActionPlan.Tests.Support;

/// <summary>
/// A disk that can be filled up without harm: a file system of its own in memory. Root mounts one; others get one in a
/// name space of their own, where the kernel allows it; where it does not, the process is forbidden to make files any
/// longer, which is what a quota does.
/// </summary>
public abstract class SmallDisk : IDisposable
{
    const string Size = "16m";

    /// <summary>The folder, as the service sees it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("actionplan-disk-").FullName;

    /// <summary>The command behind which the service must be started to see it.</summary>
    public virtual IReadOnlyList<string> Wrapper => [];

    /// <summary>What a write is answered with when there is no room: SQLite calls a quota of the process an I/O error.</summary>
    public virtual (int Status, string Code) WhenFull => (507, "disk-full");

    /// <summary>The best that this machine allows.</summary>
    public static SmallDisk Create()
    {
        var mounted = new Mounted();
        if (mounted.TryMount()) return mounted;
        mounted.Dispose();
        return InNameSpace.IsPossible() ? new InNameSpace() : new Quota();
    }

    /// <summary>Leaves no room for anything.</summary>
    public abstract void Fill(Process service);

    /// <summary>Makes room again.</summary>
    public abstract void Free(Process service);

    /// <summary>Makes it a disk that can only be read; the command behind which the service must be started to see it so.</summary>
    public virtual IReadOnlyList<string> MakeReadOnly()
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        SetModes(Read, Read | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        // Root may write whatever the modes say.
        return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : [];
    }

    /// <summary>Takes <see cref="MakeReadOnly"/> back.</summary>
    public virtual void MakeWritable() => SetModes(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public virtual void Dispose()
    {
        Directory.Delete(Folder, true);
        GC.SuppressFinalize(this);
    }

    void SetModes(UnixFileMode file, UnixFileMode folder)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        foreach (var path in Directory.GetFiles(Folder)) File.SetUnixFileMode(path, file);
        File.SetUnixFileMode(Folder, folder);
    }

    static bool Run(params string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    static void FillUp(string folder)
    {
        using var filler = new FileStream(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        for (var block = new byte[1 << 20]; block.Length > 0; block = new byte[block.Length / 4])
        {
            try
            {
                while (true) filler.Write(block);
            }
            catch (IOException)
            {
                // No room for a block of this size.
            }
        }
    }

    sealed class Mounted : SmallDisk
    {
        bool mounted;

        public bool TryMount() => mounted = Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", Folder);

        public override void Fill(Process service) => FillUp(Folder);

        // Here it is the file system that says no, to root too.
        public override IReadOnlyList<string> MakeReadOnly()
        {
            Assert.True(Run("mount", "-o", "remount,ro", Folder));
            return [];
        }

        public override void MakeWritable() => Assert.True(Run("mount", "-o", "remount,rw", Folder));

        public override void Free(Process service) => File.Delete(Path.Combine(Folder, "filler"));

        public override void Dispose()
        {
            if (mounted) Assert.True(Run("umount", Folder));
            base.Dispose();
        }
    }

    sealed class InNameSpace : SmallDisk
    {
        static readonly string[] Unshare = ["unshare", "--user", "--map-root-user", "--mount"];

        public static bool IsPossible() => Run([.. Unshare, "sh", "-c", "mount -t tmpfs tmpfs /tmp"]);

        public override IReadOnlyList<string> Wrapper => [.. Unshare, "sh", "-c", $"mount -t tmpfs -o size={Size} tmpfs \"$0\" && exec \"$@\"", Folder];

        public override void Fill(Process service) => FillUp(Seen(service));

        public override void Free(Process service) => File.Delete(Path.Combine(Seen(service), "filler"));

        string Seen(Process service) => $"/proc/{service.Id}/root{Folder}";
    }

    sealed class Quota : SmallDisk
    {
        // Otherwise the signal ends the process before the write can fail.
        public override IReadOnlyList<string> Wrapper => ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

        public override (int, string) WhenFull => (503, "unavailable");

        public override void Fill(Process service)
        {
            var longest = Directory.GetFiles(Folder, "*-wal").Max(file => new FileInfo(file).Length);
            Assert.True(Run("prlimit", "--pid", service.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={longest}:"));
        }

        public override void Free(Process service) =>
            Assert.True(Run("prlimit", "--pid", service.Id.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited:"));
    }
}

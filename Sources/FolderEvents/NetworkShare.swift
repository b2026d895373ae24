import Foundation

/// Whether a folder is on a share, where other machines change things unheard.
public enum NetworkShare {
    /// Kinds of file systems whose files live elsewhere, as `/proc/self/mountinfo` names them.
    private static let kinds: Set<String> = [
        "9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs",
        "gfs2",
        "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs",
        "vmhgfs", "fuse.vmhgfs-fuse",
    ]

    /// The kind of share that a folder is on, `nfs4`; `nil` for a disk of this machine.
    public static func kind(of folder: [UInt8]) -> String? {
        var status = stat()
        guard stat(folder.map(CChar.init(bitPattern:)) + [0], &status) == 0,
            let mounts = FileManager.default.contents(atPath: "/proc/self/mountinfo")
        else { return nil }
        return kind(of: Device(status.st_dev), in: String(decoding: mounts, as: UTF8.self))
    }

    /// Reads proc_pid_mountinfo(5): `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`.
    static func kind(of device: Device, in mounts: String) -> String? {
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, words[2] == device.text, let mark = words.firstIndex(of: "-"), mark + 1 < words.count
            else { continue }
            let kind = String(words[mark + 1])
            return kinds.contains(kind) ? kind : nil
        }
        return nil
    }

    /// A device’s number in its two parts, as makedev(3) joins them.
    struct Device {
        let text: Substring

        init(_ number: UInt) {
            let major = (number >> 8) & 0xFFF | (number >> 32) & 0xFFFF_F000
            let minor = number & 0xFF | (number >> 12) & 0xFFFF_FF00
            text = "\(major):\(minor)"
        }
    }
}

public import Foundation

/// The secrets that webhooks are signed with: one, and for a day after it was replaced also the one before.
///
/// They lie in `webhook-secret` in the data folder, readable by its owner only, made when they are first asked for. The
/// file is read each time, so that a command can replace the secret beside a running server.
public struct WebhookKeyring: Sendable {
    private let path: String
    private let fixed: WebhookSecret?

    /// How long messages are signed with the old secret as well, in seconds.
    public static let overlap: TimeInterval = 86_400

    /// The keyring of the data folder at `folder`; with a fixed secret that one alone, and no file.
    public init(folder: String, fixed: WebhookSecret? = nil) {
        path = folder + "/webhook-secret"
        self.fixed = fixed
    }

    /// The secrets to sign with, the current one first. Makes one where there is none.
    public func secrets(at time: Date = .now) throws(KeyringError) -> [WebhookSecret] {
        if let fixed { return [fixed] }
        guard FileManager.default.fileExists(atPath: path) else {
            try write("\(WebhookSecret().text)\n", replacing: false)
            return try read(at: time)
        }
        return try read(at: time)
    }

    /// Replaces the secret and returns the new one; the old one is signed with too for a day.
    public func rotate(at time: Date = .now) throws(KeyringError) -> WebhookSecret {
        guard fixed == nil else {
            throw KeyringError(description: "the secret is what FOVEA_WEBHOOK_SECRET says: change it there")
        }
        let new = WebhookSecret()
        let end = time.addingTimeInterval(Self.overlap).formatted(.iso8601)
        // One that cannot be read is not worth keeping.
        let old = (try? read(at: time))?.first.map { "\($0.text) until \(end)\n" } ?? ""
        try write("\(new.text)\n\(old)", replacing: true)
        return new
    }

    private func read(at time: Date) throws(KeyringError) -> [WebhookSecret] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw KeyringError(description: "cannot read \(path): is it yours to read?")
        }
        let secrets = text.split(separator: "\n").compactMap { line -> WebhookSecret? in
            let words = line.split(separator: " ")
            guard words.count == 3 else { return WebhookSecret(String(line)) }
            let end = try? Date(String(words[2]), strategy: .iso8601)
            return end.map { $0 > time } == true ? WebhookSecret(String(words[0])) : nil
        }
        guard !secrets.isEmpty else {
            throw KeyringError(
                description: "\(path) holds no secret: restore it, or make one with `fovea webhooks secret --rotate`")
        }
        return secrets
    }

    /// Writes the file as a whole, readable by its owner only, or leaves what is there. It is on the disk afterwards.
    private func write(_ text: String, replacing: Bool) throws(KeyringError) {
        let draft = "\(path).\(UUID().uuidString)"
        defer { unlink(draft) }
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        let isWritten = file >= 0 && Foundation.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        if file >= 0 { close(file) }
        guard isWritten, replacing ? rename(draft, path) == 0 : link(draft, path) == 0 || errno == EEXIST else {
            throw KeyringError(description: "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}

/// Why the secrets cannot be read or replaced, and what to do about it.
public struct KeyringError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String
}

import Foundation
import Testing

@testable import Notifications

@Suite struct WebhookKeyringTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "keyring-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private var file: String { folder + "/webhook-secret" }

    @Test func theFirstUseMakesASecretThatStays() throws {
        let made = try WebhookKeyring(folder: folder).secrets()
        #expect(made.count == 1)
        #expect(try WebhookKeyring(folder: folder).secrets() == made)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["webhook-secret"])
    }

    @Test func manyFirstUsesAtOnceAgree() async throws {
        let keyring = WebhookKeyring(folder: folder)
        let seen = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<20 { group.addTask { try keyring.secrets().map(\.text) } }
            return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(seen.count == 1)
    }

    @Test func theOldSecretIsUsedForADayMore() throws {
        let keyring = WebhookKeyring(folder: folder)
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let first = try #require(try keyring.secrets(at: now).first)
        let second = try keyring.rotate(at: now)
        #expect(second != first)
        #expect(try keyring.secrets(at: now) == [second, first])
        #expect(try keyring.secrets(at: now + 86_399) == [second, first])
        #expect(try keyring.secrets(at: now + 86_400) == [second])
        let third = try keyring.rotate(at: now + 10)
        #expect(try keyring.secrets(at: now + 20) == [third, second])
    }

    @Test func aDamagedFileIsSaidToBeSoAndCanBeReplaced() throws {
        let keyring = WebhookKeyring(folder: folder)
        try Data("nonsense".utf8).write(to: URL(filePath: file))
        let error = #expect(throws: KeyringError.self) { try keyring.secrets() }
        #expect(error?.description.contains("--rotate") == true)
        let new = try keyring.rotate()
        #expect(try keyring.secrets() == [new])
    }

    @Test func aGivenSecretIsTheOnlyOne() throws {
        let secret = WebhookSecret()
        let keyring = WebhookKeyring(folder: folder, fixed: secret)
        #expect(try keyring.secrets() == [secret])
        #expect(throws: KeyringError.self) { try keyring.rotate() }
        #expect(!FileManager.default.fileExists(atPath: file))
    }
}

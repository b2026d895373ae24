import Domain
import Foundation
import Testing

@Suite("AlertStore", .serialized)
struct AlertContract {
    private let ann = Recipient.email("ann@example.org")

    private func rule(
        _ name: String = "cars", _ condition: AlertCondition = .label("Car", minConfidence: 80),
        bucket: BucketName? = nil,
        quiet: Int = 0
    ) throws -> AlertRule {
        AlertRule(
            name: try #require(AlertName(name)), condition: condition, bucket: bucket, notify: [ann],
            quietSeconds: quiet)
    }

    private func told(_ catalog: any Store) async throws -> [String] {
        try await catalog.deliveries(limit: 100).compactMap { delivery in
            delivery.announcement.alert.map {
                "\($0.name) \(delivery.announcement.photo?.key?.description ?? "") \($0.match)"
            }
        }
    }

    private func events(_ catalog: any Store) async throws -> [String] {
        try await catalog.events(after: 0, limit: 100).filter { $0.kind == .alert }.map {
            "\($0.alert ?? "") \($0.key)"
        }
    }

    @Test("a rule is kept, changed and forgotten", arguments: Implementation.allCases)
    func keeping(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        #expect(try await catalog.keep(try rule("b")))
        #expect(try await catalog.keep(try rule("a")))
        var changed = try rule("b", .faces(3), bucket: .private, quiet: 60)
        changed.notify = [.owner, ann]
        #expect(try await catalog.keep(changed) == false)
        #expect(try await catalog.alerts().map(\.rule) == [try rule("a"), changed])
        #expect(try await catalog.removeAlert(changed.name))
        #expect(try await catalog.removeAlert(changed.name) == false)
        try await catalog.addAnalysed(try Sample.photo("x"), labels: [("Car", 90)])
        #expect(try await told(catalog) == ["a x Car 90"])
    }

    @Test("a photo that matches is told of in the step that settles it", arguments: Implementation.allCases)
    func match(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(try rule())
        _ = try await catalog.keep(try rule("elsewhere", bucket: .private))
        _ = try await catalog.keep(try rule("faces", .faces(1)))
        try await catalog.addAnalysed(try Sample.photo("tree"), labels: [("Tree", 99), ("Car", 79)])
        #expect(try await told(catalog) == [])
        try await catalog.addAnalysed(try Sample.photo("car"), labels: [("Tree", 99), ("Car", 93)])
        #expect(try await told(catalog) == ["cars car Car 93"])
        #expect(try await events(catalog) == ["cars car"])
        let alert = try #require(try await catalog.alerts().first { $0.rule.name.description == "cars" })
        #expect(alert.lastSpoke == clock.now && alert.spoken == 1 && alert.silent == 0)
        let delivery = try #require(try await catalog.due(excluding: [], limit: 1).first)
        #expect(delivery.recipient == ann && delivery.createdAt == clock.now)
        #expect(delivery.announcement.alert?.condition == "label Car ≥ 80")
        #expect(delivery.announcement.photo?.analysis?.labels.map(\.name) == ["Tree", "Car"])
    }

    @Test("in its quiet period it is silent, and says afterwards how often", arguments: Implementation.allCases)
    func quiet(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(try rule(quiet: 600))
        for (key, pause) in [("first", 0), ("second", 300), ("third", 299.0), ("fourth", 1), ("fifth", 1)] {
            clock.advance(by: pause)
            try await catalog.addAnalysed(try Sample.photo(key), labels: [("Car", 90)])
        }
        #expect(try await told(catalog) == ["cars first Car 90", "cars fourth Car 90"])
        #expect(try await events(catalog) == ["cars first", "cars fourth"])
        #expect(try await catalog.deliveries(limit: 9).map(\.announcement.alert?.silent) == [nil, 2])
        let alert = try #require(try await catalog.alerts().first)
        #expect(alert.spoken == 2 && alert.silent == 1 && alert.lastSpoke == clock.now - 1)
    }

    @Test("a rule that is changed remembers when it spoke", arguments: Implementation.allCases)
    func changedRule(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        _ = try await catalog.keep(try rule(quiet: 600))
        try await catalog.addAnalysed(try Sample.photo("first"), labels: [("Car", 90)])
        _ = try await catalog.keep(try rule("cars", .label("Car", minConfidence: 50), quiet: 600))
        try await catalog.addAnalysed(try Sample.photo("second"), labels: [("Car", 60)])
        #expect(try await told(catalog) == ["cars first Car 90"])
        #expect(try await catalog.alerts().first?.silent == 1)
    }

    @Test("each of several alerts speaks for itself", arguments: Implementation.allCases)
    func several(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        _ = try await catalog.keep(try rule("a", .label("car", minConfidence: 50), quiet: 600))
        _ = try await catalog.keep(try rule("b", .label("Tree", minConfidence: 50)))
        for key in ["x", "y"] {
            try await catalog.addAnalysed(try Sample.photo(key), labels: [("Tree", 99), ("Car", 90)])
        }
        #expect(try await told(catalog) == ["a x Car 90", "b x Tree 99", "b y Tree 99"])
        let keys = try await catalog.deliveries(limit: 100).map(\.key)
        #expect(Set(keys).count == 3)
    }
}

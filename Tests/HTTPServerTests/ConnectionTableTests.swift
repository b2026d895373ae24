import Testing

@testable import HTTPServer

@Suite struct ConnectionTableTests {
    private let start = ContinuousClock.now
    private let one = ClientAddress([10, 0, 0, 1])
    private let two = ClientAddress([10, 0, 0, 2])
    private let local = ClientAddress([127, 0, 0, 1])

    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.connections = 5
        limits.connectionsPerAddress = 3
        return limits
    }

    /// Opens connections one second after the other; a busy one has a request under way.
    private func fill(_ table: inout ConnectionTable, _ count: Int, from address: ClientAddress?, isBusy: Bool) {
        for second in 0..<count {
            let admission = table.open(-1, from: address, limits: limits, at: start + .seconds(second))
            guard case .admitted(let number, nil) = admission else {
                Issue.record("refused too early")
                return
            }
            if isBusy { table[number]?.restsSince = nil }
        }
    }

    private func open(_ table: inout ConnectionTable, from address: ClientAddress?) -> String {
        switch table.open(-1, from: address, limits: limits, at: start + .seconds(60)) {
        case .admitted(_, let displaced): displaced.map { "for \($0)" } ?? "in"
        case .refused(let problem): "\(problem.status.rawValue) \(problem.code)"
        }
    }

    @Test func theLongestRestingGivesWay() {
        var table = ConnectionTable()
        fill(&table, 2, from: one, isBusy: false)
        fill(&table, 3, from: two, isBusy: false)
        table[1]?.restsSince = nil
        table[3]?.restsSince = start + .seconds(50)
        // The first is busy, the third came to rest late: of the others, the second and the fourth are equally old.
        #expect(open(&table, from: ClientAddress([10, 0, 0, 3])) == "for 2")
        #expect(open(&table, from: ClientAddress([10, 0, 0, 4])) == "for 4")
    }

    @Test func oneAddressPaysForItself() {
        var table = ConnectionTable()
        fill(&table, 1, from: two, isBusy: false)
        fill(&table, 3, from: one, isBusy: false)
        #expect(open(&table, from: one) == "for 2")
        #expect(open(&table, from: two) == "in")
    }

    @Test func whereAllAreBusyTheNewcomerIsRefused() {
        var table = ConnectionTable()
        fill(&table, 3, from: one, isBusy: true)
        #expect(open(&table, from: one) == "429 too_many_connections")
        fill(&table, 2, from: two, isBusy: true)
        #expect(open(&table, from: two) == "503 server_busy")
        table[1] = nil
        #expect(open(&table, from: two) == "in")
    }

    @Test func theOwnerIsNeverRefused() {
        var table = ConnectionTable()
        fill(&table, 50, from: nil, isBusy: true)
        #expect(open(&table, from: nil) == "in")
        #expect(open(&table, from: one) == "in")
    }

    @Test func loopbackIsHeldToTheTotalAlone() {
        var table = ConnectionTable()
        fill(&table, 5, from: local, isBusy: true)
        #expect(open(&table, from: local) == "503 server_busy")
    }

    @Test func addressesAreToldApartByNetwork() {
        let v6: (UInt8, UInt8) -> ClientAddress = { network, host in
            ClientAddress([0x20, 1, 0x0D, 0xB8, 0, 0, 0, network] + [UInt8](repeating: 0, count: 7) + [host])
        }
        #expect(one != two && !one.isLoopback)
        #expect(v6(1, 1) == v6(1, 2) && v6(1, 1) != v6(2, 1))
        #expect(ClientAddress([UInt8](repeating: 0, count: 15) + [1]).isLoopback)
        #expect(!v6(0, 1).isLoopback)
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        #expect(ClientAddress(mapped + [10, 0, 0, 1]) == one)
        #expect(ClientAddress(mapped + [127, 9, 9, 9]).isLoopback)
    }
}

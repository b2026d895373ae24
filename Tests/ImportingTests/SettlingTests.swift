import Testing

@testable import Importing

/// When a file has stopped growing.
@Suite struct SettlingTests {
    private let start = ContinuousClock.now
    private let path = Array("/a.jpg".utf8)

    /// Files that settle, where an expectation may ask.
    private final class Files {
        private var settling = Settling(for: .seconds(2))
        var count: Int { settling.count }
        var nextDue: ContinuousClock.Instant? { settling.nextDue }

        func meet(_ path: [UInt8], _ stamp: FileStamp, at now: ContinuousClock.Instant) {
            settling.meet(path, stamp, at: now)
        }

        func hear(_ path: [UInt8], isBeingWritten: Bool, at now: ContinuousClock.Instant) {
            settling.hear(path, isBeingWritten: isBeingWritten, at: now)
        }

        func forgetWhatWasHeard() { settling.forgetWhatWasHeard() }
        func remove(_ path: [UInt8]) { settling.remove(path) }
        func due(at now: ContinuousClock.Instant) -> [UInt8]? { settling.due(at: now) }

        func judge(
            _ path: [UInt8], _ stamp: FileStamp?, isBeingWritten: Bool, at now: ContinuousClock.Instant
        ) -> Bool {
            settling.judge(path, stamp, isBeingWritten: isBeingWritten, at: now)
        }
    }

    private func stamp(_ size: Int) -> FileStamp { FileStamp(size: size, modified: Int64(size)) }

    @Test func aFileThatStaysTheSameSettlesOnce() {
        let settling = Files()
        settling.meet(path, stamp(1), at: start)
        settling.meet(path, stamp(1), at: start + .seconds(1))
        #expect(settling.due(at: start + .seconds(1.9)) == nil)
        #expect(settling.nextDue == start + .seconds(2))
        let now = start + .seconds(2)
        #expect(settling.due(at: now) == path)
        #expect(settling.judge(path, stamp(1), isBeingWritten: false, at: now))
        #expect(settling.due(at: now + .seconds(100)) == nil)
        #expect(settling.nextDue == nil && settling.count == 0)
    }

    @Test func aFileThatGrowsBetweenTheLooksWaits() {
        let settling = Files()
        settling.meet(path, stamp(1), at: start)
        var now = start
        for size in 2...5 {
            now += .seconds(2)
            #expect(settling.due(at: now) == path)
            #expect(!settling.judge(path, stamp(size), isBeingWritten: false, at: now))
            #expect(settling.due(at: now) == nil)
        }
        now += .seconds(2)
        #expect(settling.due(at: now) == path)
        #expect(settling.judge(path, stamp(5), isBeingWritten: false, at: now))
    }

    @Test func sameSizeAndAnotherTimeIsAnotherState() {
        let settling = Files()
        settling.meet(path, FileStamp(size: 1, modified: 1), at: start)
        settling.meet(path, FileStamp(size: 1, modified: 2), at: start + .seconds(1))
        #expect(settling.due(at: start + .seconds(2)) == nil)
        #expect(settling.due(at: start + .seconds(3)) == path)
    }

    @Test func whoIsHeardToWriteIsWaitedForUntilTheyClose() {
        let settling = Files()
        settling.meet(path, stamp(1), at: start)
        settling.hear(path, isBeingWritten: true, at: start)
        var now = start + .seconds(2)
        #expect(settling.due(at: now) == path)
        #expect(!settling.judge(path, stamp(1), isBeingWritten: false, at: now))
        settling.hear(path, isBeingWritten: false, at: now + .seconds(1))
        now += .seconds(3)
        #expect(settling.due(at: now) == path)
        // Another program, which is seen and not heard.
        #expect(!settling.judge(path, stamp(1), isBeingWritten: true, at: now))
        now += .seconds(2)
        #expect(settling.due(at: now) == path)
        #expect(settling.judge(path, stamp(1), isBeingWritten: false, at: now))
    }

    @Test func aCloseThatWasNotHeardHoldsNothingUpForEver() {
        let settling = Files()
        settling.meet(path, stamp(1), at: start)
        settling.hear(path, isBeingWritten: true, at: start)
        settling.forgetWhatWasHeard()
        #expect(settling.due(at: start + .seconds(2)) == path)
        #expect(settling.judge(path, stamp(1), isBeingWritten: false, at: start + .seconds(2)))
    }

    @Test func whatIsGoneIsForgotten() {
        let settling = Files()
        let other = Array("/b.jpg".utf8)
        settling.meet(path, stamp(1), at: start)
        settling.meet(other, stamp(1), at: start)
        settling.remove(path)
        let now = start + .seconds(2)
        #expect(settling.due(at: now) == other)
        #expect(!settling.judge(other, nil, isBeingWritten: false, at: now))
        #expect(settling.due(at: now + .seconds(9)) == nil)
        #expect(settling.count == 0)
        // It may come back.
        settling.meet(path, stamp(2), at: now)
        #expect(settling.due(at: now + .seconds(2)) == path)
    }

    @Test func manyFilesComeInTheirOrder() {
        let settling = Files()
        let paths = (0..<5000).map { Array("/\($0)".utf8) }
        for path in paths { settling.meet(path, stamp(1), at: start) }
        let now = start + .seconds(2)
        var settled: [[UInt8]] = []
        while let path = settling.due(at: now) {
            if settling.judge(path, stamp(1), isBeingWritten: false, at: now) { settled.append(path) }
        }
        #expect(settled == paths)
    }
}

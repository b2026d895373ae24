import Testing

@testable import HTTPServer

/// The buffers between the library's thread and a handler, without either.
@Suite struct BodyBufferTests {
    private func add(_ text: String, to body: inout IncomingBody) {
        Array(text.utf8).withUnsafeBytes { body.add($0) }
    }

    private func describe(_ piece: IncomingBody.Piece?) -> String {
        switch piece {
        case nil: "wait"
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .end: "end"
        case .interrupted: "interrupted"
        case .tooSlow: "too slow"
        }
    }

    @Test func whatCameIsTakenBeforeTheEnd() {
        var body = IncomingBody()
        #expect(!body.isWanted)
        #expect(describe(body.take()) == "wait" && body.isWanted)
        add("one", to: &body)
        add("two", to: &body)
        #expect(body.count == 6 && body.received == 6)
        body.finish(.complete)
        #expect(describe(body.take()) == "onetwo")
        #expect(describe(body.take()) == "end")
        #expect(describe(body.take()) == "end")
    }

    @Test func theFirstEndCounts() {
        for (end, expected) in [(IncomingBody.End.tooSlow, "too slow"), (.interrupted, "interrupted")] {
            var body = IncomingBody()
            body.finish(end)
            body.finish(.complete)
            add("late", to: &body)
            #expect(describe(body.take()) == expected)
            #expect(body.isOver && body.count == 0 && body.discarded == 4)
        }
    }

    @Test func nothingIsKeptForAHandlerThatHasAnswered() {
        var body = IncomingBody()
        add("early", to: &body)
        body.discard()
        add("late", to: &body)
        #expect(body.count == 0 && body.discarded == 4 && body.received == 9)
        #expect(describe(body.take()) == "interrupted")
    }

    @Test func aWaitingReaderIsWokenOnce() async {
        var body = IncomingBody()
        let piece = await withUnsafeContinuation { continuation in
            #expect(body.wait(continuation) == nil)
            add("x", to: &body)
            let due = body.takeDue()
            #expect(body.takeDue() == nil && body.count == 0)
            due.map { $0.reader.resume(returning: $0.piece) }
        }
        #expect(describe(piece) == "x")
    }

    @Test func aSecondReaderGetsNothing() async {
        var body = IncomingBody()
        let piece = await withUnsafeContinuation { first in
            _ = body.wait(first)
            let second = body.wait(first)
            body.cancelReader()
            #expect(describe(second) == "interrupted")
            body.takeDue().map { $0.reader.resume(returning: $0.piece) }
        }
        #expect(describe(piece) == "interrupted")
    }

    private func take(_ count: Int, from body: inout OutgoingBody) -> String {
        var buffer = [UInt8](repeating: 0, count: count)
        switch buffer.withUnsafeMutableBytes({ body.take(into: $0) }) {
        case nil: return "wait"
        case .end: return "end"
        case .broken: return "broken"
        case .bytes(let count): return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    @Test func whatIsWrittenIsSentInPiecesOfAnySize() {
        var body = OutgoingBody()
        #expect(take(3, from: &body) == "wait")
        body.add(Array("abcde".utf8))
        #expect(take(3, from: &body) == "abc")
        body.add(Array("f".utf8))
        body.complete()
        #expect(take(2, from: &body) == "de")
        #expect(take(9, from: &body) == "f")
        #expect(take(9, from: &body) == "end")
    }

    @Test func whatBrokeOffNeverLooksComplete() {
        var body = OutgoingBody()
        body.add(Array("part".utf8))
        body.breakOff()
        body.complete()
        #expect(take(9, from: &body) == "broken")
    }

    @Test func aWriterWaitsUntilThereIsRoom() async {
        var body = OutgoingBody()
        body.add([UInt8](repeating: 0x61, count: OutgoingBody.most))
        let goesOn = await withUnsafeContinuation { continuation in
            #expect(body.wait(continuation) == nil)
            #expect(body.takeDue() == nil)
            _ = take(1, from: &body)
            body.takeDue().map { $0.writer.resume(returning: $0.goesOn) }
        }
        #expect(goesOn)
    }

    @Test func aWriterLearnsThatItsReaderIsGone() async {
        var body = OutgoingBody()
        body.add([UInt8](repeating: 0x61, count: OutgoingBody.most))
        let goesOn = await withUnsafeContinuation { continuation in
            _ = body.wait(continuation)
            body.breakOff()
            body.takeDue().map { $0.writer.resume(returning: $0.goesOn) }
        }
        #expect(!goesOn)
    }
}

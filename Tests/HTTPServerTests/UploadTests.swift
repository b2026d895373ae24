import Testing

@testable import HTTPServer

@Suite struct UploadTests {
    @Test func aBodyLargerThanAllBuffersArrivesWhole() async throws {
        try await withServer { router in
            router.add(.put, "/", maximumBody: 64_000_000) { request in
                var count = 0
                for try await chunk in request.body { count += chunk.count }
                return .text("\(count)")
            }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\nConnection: close\r\n\r\n")
            #expect(await RawClient.aside { client.fill(20_000_000) } == 20_000_000)
            #expect(await client.readToEnd()?.hasSuffix("\r\n\r\n20000000") == true)
        }
    }

    @Test func aSenderWaitsForAHandlerThatIsBusy() async throws {
        let go = Signal()
        let total = 80_000_000
        try await withServer { router in
            router.add(.put, "/", maximumBody: total) { request in
                await go.wait()
                var count = 0
                for try await chunk in request.body {
                    // The buffer, and the one piece that overfilled it.
                    #expect(chunk.count < 400_000)
                    count += chunk.count
                }
                return .text("\(count)")
            }
        } _: { port in
            let client = try RawClient(port: port, patience: 1)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: \(total)\r\nConnection: close\r\n\r\n")
            // More than the system's own buffers and ours: without back-pressure all of it would be taken.
            let taken = await RawClient.aside { client.fill(total) }
            #expect(taken < total)
            go.fire()
            client.wait(atMost: 60)
            #expect(await RawClient.aside { client.fill(total - taken) } == total - taken)
            #expect(await client.readToEnd()?.hasSuffix("\r\n\r\n\(total)") == true)
        }
    }

    @Test func chunkedBodiesArriveAndAreCutAtTheLimit() async throws {
        try await withServer { router in
            router.add(.post, "/", maximumBody: 10) { .text("\(try await $0.body.collect(upTo: 10).count)") }
        } _: { port in
            let head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            let fits = try RawClient(port: port)
            fits.send(head + "5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n")
            #expect(await fits.readToEnd()?.hasSuffix("\r\n\r\n10") == true)
            let long = try RawClient(port: port)
            long.send(head + "5\r\nabcde\r\n6\r\nfghijk\r\n0\r\n\r\n")
            #expect(await long.readToEnd()?.hasPrefix("HTTP/1.1 413") == true)
        }
    }

    @Test func whatIsDeclaredTooLargeIsRefusedBeforeItIsSent() async throws {
        let flag = Flag()
        try await withServer { router in
            router.add(.put, "/", maximumBody: 10) { _ in
                flag.raise()
                return Response()
            }
        } _: { port in
            for expect in ["", "Expect: 100-continue\r\n"] {
                let client = try RawClient(port: port)
                client.send("PUT / HTTP/1.1\r\nHost: x\r\n\(expect)Content-Length: 11\r\n\r\n")
                let answer = try #require(await client.read(until: "\r\n\r\n"))
                #expect(answer.hasPrefix("HTTP/1.1 413"))
            }
            #expect(!flag.isRaised)
        }
    }

    @Test func continueIsSaidOnlyWhenTheHandlerReads() async throws {
        try await withServer { router in
            router.add(.put, "/read", maximumBody: 10) { .text("\(try await $0.body.collect(upTo: 10).count)") }
            router.add(.put, "/refuse", maximumBody: 10) { _ in throw Problem(.unauthorized, code: "no", "No.") }
        } _: { port in
            let tail = " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
            let refused = try RawClient(port: port)
            refused.send("PUT /refuse" + tail)
            #expect(await refused.readToEnd()?.hasPrefix("HTTP/1.1 401") == true)
            let read = try RawClient(port: port)
            read.send("PUT /read" + tail)
            #expect(await read.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            read.send("abc")
            #expect(await read.readToEnd()?.hasSuffix("\r\n\r\n3") == true)
        }
    }

    @Test func anUnreadBodyIsDrainedAndTheConnectionKept() async throws {
        try await withServer { router in
            router.add(.put, "/", maximumBody: 1_000_000) { _ in throw Problem(.unauthorized, code: "no", "No.") }
            router.add(.get, "/") { _ in .text("still here") }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n")
            #expect(await RawClient.aside { client.fill(500_000) } == 500_000)
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 401") && text.hasSuffix("still here"))
        }
    }

    @Test func aSenderOfTooMuchStillGetsItsAnswer() async throws {
        try await withServer { router in
            router.add(.put, "/", maximumBody: 1_000_000_000) { _ in throw Problem(.unauthorized, code: "no", "No.") }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n")
            _ = await RawClient.aside { client.fill(50_000_000) }
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 401") && text.contains("Connection: close"))
        }
    }
}

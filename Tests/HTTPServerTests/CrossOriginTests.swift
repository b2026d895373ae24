import Foundation
import Testing

@testable import HTTPServer

@Suite struct CrossOriginTests {
    private var router: Router {
        var router = Router()
        let policy = CrossOriginPolicy { origin, request in
            origin == "https://friend.example" && request.parameters["bucket"] == "open"
        }
        router.add(.post, "/buckets/{bucket}", maximumBody: 100, crossOrigin: policy) { request in
            guard request.query.first("fail") == nil else {
                throw Problem(.tooManyRequests, code: "slowly", "Wait.", headers: ["Retry-After": "3"])
            }
            return .text("\(try await request.body.collect(upTo: 100).count)", headers: ["Vary": "Accept"])
        }
        router.add(.get, "/buckets/{bucket}", crossOrigin: policy) { _ in .text("read") }
        router.add(.delete, "/buckets/{bucket}") { _ in Response(.noContent) }
        router.add(.get, "/own") { _ in .text("own") }
        return router
    }

    private func ask(
        _ method: HTTPServer.Method, _ target: String, _ headers: Headers, peer: Peer = .network("127.0.0.1"),
        body: [UInt8] = []
    ) async throws -> Response {
        var headers = headers
        headers["Host"] = "127.0.0.1:8080"
        return await router.respond(
            to: try Request(method, target, headers: headers, body: RequestBody(body), peer: peer))
    }

    @Test func aPageThatMayAskGetsTheAnswerToRead() async throws {
        let response = try await ask(.post, "/buckets/open", ["Origin": "https://friend.example"], body: [1, 2])
        #expect(try await response.bodyText() == "2")
        #expect(response.headers["Access-Control-Allow-Origin"] == "https://friend.example")
        #expect(response.headers["Access-Control-Expose-Headers"] == "Location, Retry-After, X-Request-Id")
        #expect(response.headers["Access-Control-Allow-Credentials"] == nil)
        #expect(response.headers.all("Vary") == ["Accept, Origin"])
    }

    @Test func itMayReadWhyItWasRefused() async throws {
        let response = try await ask(.post, "/buckets/open?fail=1", ["Origin": "https://friend.example"])
        #expect(try await response.problemCode() == "slowly")
        #expect(response.headers["Retry-After"] == "3")
        #expect(response.headers["Access-Control-Allow-Origin"] == "https://friend.example")
    }

    @Test(arguments: [
        ("/buckets/open", "https://stranger.example"), ("/buckets/shut", "https://friend.example"),
        ("/buckets/open", "null"), ("/buckets/open", "https://friend.example:444"),
    ])
    func othersAreRefusedUnread(_ target: String, _ origin: String) async throws {
        for method in [HTTPServer.Method.post, .get, .head] {
            let response = try await ask(method, target, ["Origin": origin], body: method == .post ? [1] : [])
            #expect(response.status == .forbidden)
            #expect(response.headers["Access-Control-Allow-Origin"] == nil)
            #expect(response.headers["Vary"] == "Origin")
        }
        let asked = try await ask(.options, target, ["Origin": origin, "Access-Control-Request-Method": "POST"])
        #expect(try await asked.problemCode() == "foreign_origin")
        #expect(asked.headers["Access-Control-Allow-Origin"] == nil)
    }

    @Test(arguments: [[:], ["Origin": "http://127.0.0.1:8080"]] as [Headers])
    func programsAndOwnPagesAreNotAsked(_ headers: Headers) async throws {
        let response = try await ask(.post, "/buckets/shut", headers)
        #expect(response.status == .ok)
        #expect(response.headers["Access-Control-Allow-Origin"] == nil)
        #expect(
            try await ask(.options, "/buckets/shut", headers).headers["Allow"] == "GET, HEAD, POST, DELETE, OPTIONS")
        let socket = try await ask(.get, "/buckets/shut", ["Origin": "https://stranger.example"], peer: .unixSocket)
        #expect(socket.status == .ok)
    }

    @Test func aBrowserIsToldBeforeItAsks() async throws {
        let response = try await ask(
            .options, "/buckets/open",
            [
                "Origin": "https://friend.example", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "content-type", "Access-Control-Request-Private-Network": "true",
            ])
        #expect(response.status == .noContent)
        #expect(response.headers["Access-Control-Allow-Origin"] == "https://friend.example")
        #expect(response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST")
        #expect(response.headers["Access-Control-Allow-Headers"]?.contains("Content-Type") == true)
        #expect(response.headers["Access-Control-Max-Age"] == "600")
        #expect(response.headers["Access-Control-Allow-Private-Network"] == "true")
        #expect(response.headers["Vary"] == "Origin")
    }

    @Test(arguments: ["DELETE", "PUT", "TRACE", ""])
    func whatIsNotOpenedStaysShut(_ method: String) async throws {
        let response = try await ask(
            .options, "/buckets/open", ["Origin": "https://friend.example", "Access-Control-Request-Method": method])
        #expect(try await response.problemCode() == "foreign_origin")
    }

    @Test func overTheNetOnlyOpenRoutesAreReached() async throws {
        try await withServer(hostGuard: HostGuard()) { router in
            router = self.router
        } _: { (port: Int) async throws in
            func answer(_ line: String, _ headers: String, host: String = "localhost") async throws -> String {
                let client = try RawClient(port: port)
                client.send("\(line) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\(headers)\r\n")
                return await client.readToEnd() ?? ""
            }
            let friend = "Origin: https://friend.example\r\nSec-Fetch-Site: cross-site\r\n"
            #expect(try await answer("POST /buckets/open", friend).hasPrefix("HTTP/1.1 200"))
            #expect(try await answer("DELETE /buckets/open", friend).contains("foreign_origin"))
            #expect(try await answer("GET /own", friend).contains("foreign_origin"))
            #expect(try await answer("POST /buckets/open", "Sec-Fetch-Site: cross-site\r\n").contains("foreign_origin"))
            #expect(try await answer("POST /buckets/open", friend, host: "friend.example").contains("foreign_host"))
            let asked = "\(friend)Access-Control-Request-Method: POST\r\n"
            #expect(try await answer("OPTIONS /buckets/open", asked).hasPrefix("HTTP/1.1 204"))
            #expect(try await answer("OPTIONS /own", asked).contains("foreign_origin"))
            // Refused while the sender still waits for the word to go on.
            let stranger = "Origin: https://stranger.example\r\nContent-Length: 50\r\nExpect: 100-continue\r\n"
            #expect(try await answer("POST /buckets/open", stranger).hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("::ffff:192.0.2.7", "192.0.2.7", true),
        ("2001:db8::1", "2001:db8::ffff:2", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ("fe80::1%eth0", "fe80::2", true),
    ])
    func clientsAreToldApartByNetwork(_ one: String, _ other: String, _ isSame: Bool) throws {
        #expect((Peer.network(one).client == Peer.network(other).client) == isSame)
        #expect(Peer.network(one).client != nil)
        #expect(Peer.unixSocket.client == nil && Peer.inProcess.client == nil && ClientAddress("nobody") == nil)
    }
}

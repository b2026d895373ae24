import Testing

@testable import NetworkClient

@Suite struct MailServerTests {
    @Test(arguments: [
        ("smtp://mail.example.org", MailServer.Security.startTLS, 587),
        ("SMTPS://mail.example.org/", .implicitTLS, 465),
        ("smtp+plain://mail.example.org", .none, 25), ("smtp://mail.example.org:2525", .startTLS, 2525),
    ]) func theSchemeSaysHowTheWayIsProtected(url: String, security: MailServer.Security, port: Int) throws {
        let server = try MailServer(url: url)
        #expect(server.security == security)
        #expect(server.port == port)
        #expect(server.host == "mail.example.org")
        #expect(server.user == nil)
    }

    @Test func aLoginIsDecodedAndNeverShown() throws {
        let server = try MailServer(url: "smtp://me%40example.org:s%2Fe%3Ac%40ret@[::1]:587")
        #expect(server.user == "me@example.org")
        #expect(server.password == "s/e:c@ret")
        #expect(server.description == "smtp://[::1]:587 as me@example.org")
    }

    @Test(arguments: [
        "", "mail.example.org", "http://h", "smtp://", "smtp://h/path", "smtp://h?x=1", "smtp://h:99999999",
        "smtp://h:0", "smtp://secret@h:a", "smtp+plain://me:secret@h",
    ]) func whatIsNoMailServerIsRefusedWithoutShowingIt(url: String) {
        let error = #expect(throws: MailServerError.self) { try MailServer(url: url) }
        #expect(error?.description.contains("secret") == false)
    }
}

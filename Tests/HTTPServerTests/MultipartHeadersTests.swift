import Testing

@testable import HTTPServer

@Suite struct MultipartHeadersTests {
    @Test(
        arguments: [
            (#"filename="a.jpg""#, "a.jpg"), (#"filename=a.jpg"#, "a.jpg"), (#"filename="Übung ☀.jpg""#, "Übung ☀.jpg"),
            (#"filename="a \"b\" \\ c;d.jpg""#, " c;d.jpg"), (#"filename="a\"b;c.jpg""#, #"a"b;c.jpg"#),
            (#"filename="a%22b.jpg""#, "a\"b.jpg"), (#"filename="100%.jpg""#, "100%.jpg"),
            (#"filename="C:\photos\new.jpg""#, "new.jpg"), (#"filename="../../etc/passwd""#, "passwd"),
            (#"filename*=UTF-8''na%C3%AFve%20x.jpg"#, "naïve x.jpg"),
            (#"filename="plain.jpg"; filename*=utf-8'en'%e2%82%ac.jpg"#, "€.jpg"),
            (#"filename*=iso-8859-1''%E4.jpg"#, "ä.jpg"), (#"filename="ok.jpg"; filename*=UTF-8''%FF"#, "ok.jpg"),
            (#"filename="ok.jpg"; filename*=KOI8-R''%41"#, "ok.jpg"),
            (#"filename*=UTF-8''..%2F..%2Fx.jpg"#, "x.jpg"), (#"filename="""#, nil), (#"filename="/""#, nil), ("", nil),
            (#"FileName = "a.jpg" ; x=y"#, "a.jpg"), (#"filename="1.jpg"; filename="2.jpg""#, "1.jpg"),
        ] as [(String, String?)])
    func fileNamesAreRead(parameter: String, expected: String?) throws {
        let line = "\r\nContent-Disposition: form-data; name=\"file\"; \(parameter)\r\nContent-Type: image/png"
        let headers = try MultipartHeaders(line.utf8)
        #expect(headers.filename == expected)
        #expect(headers.name == "file")
        #expect(headers.contentType == "image/png")
    }

    @Test func headersMustBeText() {
        #expect(throws: MultipartError.self) { try MultipartHeaders([0x61, 0x3A, 0xFF]) }
        #expect(throws: MultipartError.self) { try MultipartHeaders([0x61, 0x3A, 0x00]) }
    }
}

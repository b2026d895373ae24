import Foundation
import Testing

@testable import Telemetry

@Suite struct LogOutputTests {
    private func lines(_ form: LogOutput.Form, least: LogLevel = .info, _ body: (LogOutput) async -> Void) async throws
        -> [String]
    {
        let pipe = Pipe()
        await body(LogOutput(form: form, least: least, descriptor: pipe.fileHandleForWriting.fileDescriptor))
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    @Test func jsonLinesParseWhateverAClientSends() async throws {
        let nasty = "a\"b\\c\nd\u{1}\u{7F}é🐶"
        let lines = try await lines(.json) {
            $0.write(.warning, "it \"happened\"", [LogField(("key", nasty)), LogField(("bytes", 12))])
        }
        #expect(lines.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
        #expect(object?["level"] as? String == "warning")
        #expect(object?["message"] as? String == "it \"happened\"")
        #expect(object?["key"] as? String == nasty)
        #expect(object?["bytes"] as? Int == 12)
        #expect((object?["time"] as? String)?.hasSuffix("Z") == true)
    }

    @Test func textStaysOneLine() async throws {
        let lines = try await lines(.text) { $0.write(.info, "done", [LogField(("key", "x\ny"))]) }
        #expect(lines.count == 1)
        #expect(lines[0].hasSuffix("done  key=x ⏎ y"))
    }

    @Test func lessImportantLinesAreLeftOut() async throws {
        let lines = try await lines(.text, least: .warning) {
            $0.write(.info, "quiet", [])
            $0.write(.error, "loud", [])
        }
        #expect(lines.count == 1)
        #expect(lines[0].contains("error: loud"))
    }

    @Test func theContextTravelsWithTheTask() async {
        await Log.with(["request": "r1"]) {
            await Log.with(["job": "j1"]) {
                let inner = await Task { Log.context.map { "\($0.name)=\($0.value)" } }.value
                #expect(inner == ["request=r1", "job=j1"])
            }
            #expect(Log.context.count == 1)
        }
        #expect(Log.context.isEmpty)
    }
}

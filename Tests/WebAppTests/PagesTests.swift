import Foundation
import HTTPServer
import Testing
import WebApp

/// The files as they lie in the source folder, against what is served.
struct PagesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/WebApp/Pages").standardizedFileURL

    /// Every file, as its path below the folder.
    static let files: [String] =
        (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.contains(".") }.sorted()

    static func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }

    @Test func thereAreFiles() {
        #expect(Self.files.contains("index.html"))
        #expect(Self.files.contains("scripts/app.js"))
    }

    @Test(arguments: files)
    func isServedAsItIs(file: String) async throws {
        let response = try await served(file == "index.html" ? "/" : "/\(file)")
        #expect(response.status == .ok)
        #expect(String(decoding: try await response.body.collect(), as: UTF8.self) == (try Self.text(file)))
        let types = [
            "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
            "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "webmanifest": "application/manifest+json",
        ]
        let ending = try #require(file.split(separator: ".").last)
        #expect(response.headers["Content-Type"] == types[String(ending)])
    }

    /// Each module that is imported is served and preloaded; nothing is preloaded that nobody imports.
    @Test func modulesAreThere() throws {
        let importLine = /from "\.\/([a-z]+\.js)"/
        let scripts = Self.files.filter { $0.hasSuffix(".js") }
        let imported = try Set(scripts.flatMap { try Self.text($0).matches(of: importLine).map { String($0.1) } })
        let preloaded = try Set(
            Self.text("index.html").matches(of: /modulepreload" href="\/scripts\/([a-z]+\.js)"/).map { String($0.1) })
        #expect(imported == preloaded)
        #expect(imported.union(["app.js"]) == Set(scripts.map { String($0.dropFirst("scripts/".count)) }))
    }

    /// Nothing is loaded from elsewhere, and nothing stands inline, which the policy would refuse.
    @Test(arguments: files)
    func asksNobodyElse(file: String) throws {
        let text = try Self.text(file).replacing("http://www.w3.org/", with: "")
        #expect(!text.contains("http://") && !text.contains("https://"))
        #expect(!text.contains(/\sstyle="|<style|<script>|\son[a-z]+="/))
        #expect(!text.contains("innerHTML"))
    }
}

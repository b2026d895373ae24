import Domain
import Foundation
import Testing

@testable import Imaging

/// Each in a process of its own, because there is no way back from a limit.
struct MemoryTests {
    @Test func `a HEIC file that needs more memory than there is says so`() async {
        await #expect(processExitsWith: .success) { try MemoryTests.expectLimit(".heic[Q=30]") }
    }

    @Test func `an AVIF file too`() async {
        await #expect(processExitsWith: .success) { try MemoryTests.expectLimit(".avif[Q=30,speed=9]") }
    }

    /// Decodes 12 megapixels with room for a tenth of them, and ends the process with success for the right failure.
    private static func expectLimit(_ suffix: String) throws {
        let small = try Picture.quadrants().file(".png")
        let file = try withCodec { _ in
            try small.withUnsafeBytes { bytes in
                try PictureFile(bytes).load().inMemory().resized(width: 4000, height: 3000)
                    .withFile(suffix) { Array($0) }
            }
        }
        _ = try decode(small, side: 500)
        try limitMemory(room: 8 << 20)
        let found = failure { try decode(file, side: 500) }
        exit(found?.code == .decodeLimit ? EXIT_SUCCESS : EXIT_FAILURE)
    }

    /// Lets this process map no more than `room` bytes beyond what it has.
    private static func limitMemory(room: Int) throws {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = try #require(text.split(separator: " ").first.flatMap { Int($0) })
        let ceiling = rlim_t(pages * Int(getpagesize()) + room)
        var limit = rlimit(rlim_cur: ceiling, rlim_max: ceiling)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
    }
}

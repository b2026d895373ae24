import Domain
import Foundation
import Testing

@Suite struct NameTests {
    @Test func photoIDsAreVersion7AndSortByTime() throws {
        let ids = (0..<50).map { PhotoID(at: Date(timeIntervalSince1970: 1_700_000_000 + Double($0) / 1000)) }
        #expect(ids == ids.sorted())
        for id in ids {
            let uuid = try #require(UUID(uuidString: id.description))
            #expect(uuid.uuid.6 >> 4 == 7)
            #expect(uuid.uuid.8 >> 6 == 0b10)
            #expect(PhotoID(id.description) == id)
        }
        #expect(abs(ids[7].time.timeIntervalSince1970 - 1_700_000_000.007) < 0.0005)
        #expect(Set((0..<1000).map { _ in PhotoID() }).count == 1000)
    }

    @Test(arguments: [
        "", "x", "../../../etc/passwd", "01890a5d-ac96-774b-bcce-b302099a8057 ", "01890A5D-AC96-774B-BCCE-B302099A8057",
        "01890a5d-ac96-474b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a80g7",
    ])
    func whatIsNoPhotoIDIsRefused(_ text: String) {
        #expect(PhotoID(text) == nil)
    }

    @Test func keysAreDataNotPaths() throws {
        #expect(PhotoKey("../../x")?.description == "../../x")
        #expect(PhotoKey("Urlaub 2024/Straße 🏖.jpg") != nil)
        #expect(PhotoKey("") == nil)
        #expect(PhotoKey("a\u{0}b") == nil)
        #expect(PhotoKey("a\nb") == nil)
        #expect(PhotoKey(String(repeating: "ü", count: 512)) != nil)
        #expect(PhotoKey(String(repeating: "ü", count: 513)) == nil)
    }

    @Test(arguments: ["ab", "Photos", "-photos", "photos.", "pho tos", "photos/x", String(repeating: "a", count: 64)])
    func illegalBucketNamesAreRefused(_ name: String) {
        #expect(BucketName(name) == nil)
    }

    @Test(arguments: ["incoming", "a.b-c", "123", String(repeating: "a", count: 63)])
    func legalBucketNamesAreAccepted(_ name: String) {
        #expect(BucketName(name)?.description == name)
    }
}

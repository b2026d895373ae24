import Domain
import Foundation
import Testing

@testable import Imaging

struct DecodeReportTests {
    private let order = DecodeOrder(
        thumbnailSide: 10, views: [PictureView(name: "view", part: .centreSquare(share: 1), side: 4)])
    private let facts = PictureFacts(width: 3, height: 2, format: .png)

    @Test func `an answer crosses the border unchanged`() throws {
        let facts = PictureFacts(
            width: 3, height: 2, format: .heic, orientation: 6,
            takenAt: TakenAt(local: "2020-01-02T03:04:05", offset: "+01:00", source: .exif),
            location: Location(latitude: -1.5, longitude: 2, altitude: 3), camera: "Canon EOS 40D")
        for answer in [
            DecodeAnswer.report(DecodeReport(facts: facts, thumbnail: 48..<90, views: [square(0..<48)])),
            .failure(Failure(.damaged, "broken")),
        ] {
            let data = try JSONEncoder().encode(answer)
            #expect(try JSONDecoder().decode(DecodeAnswer.self, from: data) == answer)
        }
    }

    @Test func `a report must fit its order`() {
        func fits(thumbnail: Range<Int>? = 48..<90, views: [Range<Int>] = [0..<48]) -> Bool {
            DecodeReport(facts: facts, thumbnail: thumbnail, views: views.map(square)).fits(order)
        }
        #expect(fits())
        #expect(!fits(thumbnail: nil))
        #expect(!fits(thumbnail: 48..<48))
        #expect(!fits(thumbnail: 48..<order.outputCapacity + 1))
        #expect(!fits(views: []))
        #expect(!fits(views: [0..<47]))
        #expect(!fits(views: [-1..<47]))
        #expect(!fits(views: [0..<48, 0..<48]))
    }

    @Test(arguments: [
        (PictureView.Part.whole, 4, 3, 36, true), (.whole, 4, 4, 48, true), (.whole, 1, 1, 3, true),
        (.whole, 4, 3, 48, false), (.whole, 5, 1, 15, false), (.whole, 4, 0, 0, false), (.whole, -1, -1, 3, false),
        (.stretched, 4, 4, 48, true), (.stretched, 4, 3, 36, false), (.stretched, 3, 3, 27, false),
        (.centreSquare(share: 1), 3, 4, 36, false),
    ])
    func `a view must fit its part`(part: PictureView.Part, width: Int, height: Int, bytes: Int, fits: Bool) {
        let order = DecodeOrder(thumbnailSide: nil, views: [PictureView(name: "view", part: part, side: 4)])
        let view = DecodeReport.View(width: width, height: height, bytes: 0..<bytes)
        #expect(DecodeReport(facts: facts, thumbnail: nil, views: [view]).fits(order) == fits)
    }

    private func square(_ bytes: Range<Int>) -> DecodeReport.View {
        DecodeReport.View(width: 4, height: 4, bytes: bytes)
    }

    @Test func `output that does not fit is refused`() throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
        defer { memory.deallocate() }
        var writer = OutputWriter(memory)
        func append(_ piece: [UInt8]) throws -> Range<Int> {
            try piece.withUnsafeBytes { try writer.append($0) }
        }
        #expect(try append([1, 2, 3, 4, 5]) == 0..<5)
        #expect(throws: VipsError.self) { try append([1, 2, 3, 4]) }
        #expect(try append([6, 7, 8]) == 5..<8)
        #expect(Array(memory) == [1, 2, 3, 4, 5, 6, 7, 8])
    }
}

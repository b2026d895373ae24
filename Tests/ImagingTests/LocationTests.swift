import Domain
import Testing

@testable import Imaging

struct LocationTests {
    /// 22° 57' 6.84" south, 43° 12' 37.8" west, 12.5 metres up.
    private static let rio: [UInt16: Exif.Value] = [
        1: "S", 2: .fractions([(22, 1), (57, 1), (684, 100)]),
        3: "W", 4: .fractions([(43, 1), (12, 1), (378, 10)]),
        5: .byte(0), 6: .fractions([(25, 2)]),
    ]

    private func location(_ gps: [UInt16: Exif.Value], isBigEndian: Bool = false) throws -> Location? {
        let exif = Exif(gps: gps, isBigEndian: isBigEndian)
        return try decode(exif.inserted(into: Picture.quadrants().file(".jpg"))).facts.location
    }

    private func location(changing tag: UInt16, to value: Exif.Value?) throws -> Location? {
        var gps = Self.rio
        gps[tag] = value
        return try location(gps)
    }

    @Test(arguments: [false, true])
    func `degrees, minutes, seconds and hemisphere`(isBigEndian: Bool) throws {
        let found = try #require(try location(Self.rio, isBigEndian: isBigEndian))
        #expect(abs(found.latitude + 22.9519) < 1e-9)
        #expect(abs(found.longitude + 43.2105) < 1e-9)
        #expect(found.altitude == 12.5)
        #expect(try #require(try location(changing: 1, to: "N")).latitude > 0)
        #expect(try #require(try location(changing: 3, to: "e")).longitude > 0)
    }

    @Test func `fewer parts are enough`() throws {
        #expect(try location(changing: 2, to: .fractions([(45, 2)]))?.latitude == -22.5)
        #expect(try location(changing: 2, to: .fractions([(22, 1), (30, 1)]))?.latitude == -22.5)
    }

    @Test func `the altitude's reference is its sign`() throws {
        #expect(try location(changing: 5, to: .byte(1))?.altitude == -12.5)
        #expect(try location(changing: 5, to: nil)?.altitude == 12.5)
        for nonsense: Exif.Value in [.fractions([(0, 0)]), .fractions([(7, 0)]), .fractions([(.max, 1)]), "12"] {
            let found = try location(changing: 6, to: nonsense)
            #expect(found != nil && found?.altitude == nil, "\(nonsense)")
        }
    }

    @Test func `nonsense is no place`() throws {
        let nonsense: [(UInt16, Exif.Value?)] = [
            (1, nil), (1, "X"), (1, "E"), (1, ""), (3, nil), (2, nil), (4, nil),
            (2, .fractions([(0, 0), (0, 0), (0, 0)])), (2, .fractions([(22, 1), (57, 1), (0, 0)])),
            (2, .fractions([(22, 0)])), (2, .fractions([(90, 1), (0, 1), (1, 1)])), (4, .fractions([(181, 1)])),
            (2, .fractions([])), (2, .fractions([(1, 1), (1, 1), (1, 1), (1, 1)])), (2, "22,57,6"),
        ]
        for (tag, value) in nonsense {
            #expect(try location(changing: tag, to: value) == nil, "\(tag): \(String(describing: value))")
        }
        #expect(try location([:]) == nil)
    }

    @Test func `exactly nothing, nothing is what devices write that do not know`() throws {
        let zero = Exif.Value.fractions([(0, 1), (0, 1), (0, 1)])
        #expect(try location([1: "N", 2: zero, 3: "E", 4: zero]) == nil)
        #expect(try location([1: "N", 2: zero, 3: "E", 4: .fractions([(9, 1)])])?.longitude == 9)
    }
}

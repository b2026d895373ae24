import Domain
import Testing

@testable import Imaging

struct TakenAtTests {
    private func takenAt(_ exif: Exif) throws -> TakenAt? {
        try decode(exif.inserted(into: Picture.quadrants().file(".jpg"))).facts.takenAt
    }

    @Test func `the time of taking comes first`() throws {
        var exif = Exif()
        exif.main[Exif.dateTime] = "2022:03:04 05:06:07"
        #expect(try takenAt(exif) == TakenAt(local: "2022-03-04T05:06:07", source: .exif))
        exif.exif[Exif.dateTimeDigitized] = "2021:03:04 05:06:07"
        #expect(try takenAt(exif) == TakenAt(local: "2021-03-04T05:06:07", source: .exif))
        exif.exif[Exif.dateTimeOriginal] = "2020:02:29 23:59:59"
        #expect(try takenAt(exif) == TakenAt(local: "2020-02-29T23:59:59", source: .exif))
    }

    @Test func `each time has its own offset`() throws {
        var exif = Exif()
        exif.exif[Exif.dateTimeOriginal] = "2020:02:29 23:59:59"
        exif.exif[Exif.offsetTime] = "+05:00"
        #expect(try takenAt(exif)?.offset == nil)
        exif.exif[Exif.offsetTimeOriginal] = "-03:30"
        #expect(try takenAt(exif) == TakenAt(local: "2020-02-29T23:59:59", offset: "-03:30", source: .exif))
    }

    @Test func `nonsense is passed over`() throws {
        var exif = Exif()
        exif.exif[Exif.dateTimeOriginal] = "0000:00:00 00:00:00"
        #expect(try takenAt(exif) == nil)
        exif.main[Exif.dateTime] = "2022:03:04 05:06:07"
        #expect(try takenAt(exif)?.local == "2022-03-04T05:06:07")
        #expect(try takenAt(Exif()) == nil)
    }

    @Test(arguments: [
        ("2024:02:29 00:00:00", "2024-02-29T00:00:00"), ("2000:02:29 12:00:00", "2000-02-29T12:00:00"),
        ("2024-01-02T03:04:05", "2024-01-02T03:04:05"), ("2024:01:02 03:04:05.678", "2024-01-02T03:04:05"),
    ])
    func `times as cameras write them`(text: String, local: String) {
        #expect(TakenAt.local(exif: text) == local)
    }

    @Test(arguments: [
        "2023:02:29 00:00:00", "1900:02:29 00:00:00", "2023:13:01 00:00:00", "2023:00:01 00:00:00",
        "2023:04:31 00:00:00", "2023:01:01 24:00:00", "2023:01:01 00:60:00", "2023:01:01 00:00:60",
        "1700:01:01 00:00:00",
        "    :  :     :  :  ", "2023:1:1 0:0:0", "2023:01:01", "", "yesterday", "２０２３:01:01 00:00:00",
    ])
    func `times that never were`(text: String) {
        #expect(TakenAt.local(exif: text) == nil)
    }

    @Test func `offsets`() {
        for good in ["+00:00", "-12:00", "+14:00", "+05:45"] { #expect(TakenAt.offset(exif: good) == good) }
        #expect(TakenAt.offset(exif: "Z") == "+00:00")
        for bad in ["", "02:00", "+2:00", "+02:60", "+15:00", "-12:30", "+-1:00", "+02.00", "   :  "] {
            #expect(TakenAt.offset(exif: bad) == nil, "\(bad)")
        }
    }
}

import Domain
import Foundation
import NetworkClient
import Testing

@testable import Notifications

@Suite struct MailContentTests {
    private let time = Date(timeIntervalSince1970: 1_800_000_000)

    private func photo(_ changes: [String: Any] = [:]) throws -> PhotoDocument {
        let box = ["left": 0, "top": 0, "width": 1, "height": 1]
        let analysis: [String: Any] = [
            "states": [
                "labels": "done", "faces": "done", "people": "off", "moderation": "done", "text": "unavailable",
            ],
            "labels": [
                ["name": "Coffee Cup", "confidence": 98.7, "parents": [], "instances": []],
                ["name": "Table", "confidence": 91.0, "parents": [], "instances": []],
            ],
            "faces": [
                [
                    "box": box, "confidence": 99, "landmarks": [], "ageRange": ["low": 25, "high": 35],
                    "gender": ["value": "female", "confidence": 99], "smile": ["value": true, "confidence": 90],
                    "emotions": [["type": "happy", "confidence": 80], ["type": "calm", "confidence": 10]],
                ],
                ["box": box, "confidence": 80, "landmarks": [], "emotions": [["type": "fear", "confidence": 49]]],
            ],
            "moderation": [
                ["name": "Weapons", "parent": "Violence", "confidence": 71],
                ["name": "Nudity", "parent": "", "confidence": 49],
            ],
            "text": [
                ["text": "NO ENTRY", "type": "line", "confidence": 90, "box": box, "polygon": []],
                ["text": "NO", "type": "word", "confidence": 90, "box": box, "polygon": []],
            ],
            "models": [:],
        ]
        let document: [String: Any] = [
            "id": "01a1f8c1-a33a-7418-8e18-e9b3c93ad048", "bucket": "private", "key": "trip/IMG_1234.jpg",
            "status": "analysed", "width": 451, "height": 300, "format": "png", "bytes": 240_512,
            "takenAt": ["local": "2024-05-01T18:30:00", "offset": "+02:00", "source": "exif"],
            "location": ["latitude": 52.37, "longitude": 4.89, "altitude": 3.0], "camera": "Canon EOS 40D",
            "analysis": analysis,
        ]
        let data = try JSONSerialization.data(withJSONObject: document.merging(changes) { $1 })
        return try JSONDecoder().decode(PhotoDocument.self, from: data)
    }

    @Test func theSubjectNamesWhatIsExact() throws {
        var photo = try photo()
        photo.analysis?.labels = [
            Label(name: "Tableware", confidence: 99), Label(name: "Drink", confidence: 98),
            Label(name: "Cup", confidence: 97, parents: ["Tableware"]),
            Label(name: "Coffee Cup", confidence: 96, parents: ["Cup", "Tableware"]),
            Label(name: "Espresso", confidence: 90, parents: ["Drink"]), Label(name: "Spoon", confidence: 80),
        ]
        let content = MailContent(Announcement(.analysed, at: time, photo: photo), page: nil)
        #expect(content.subject.hasPrefix("Fovea: Coffee Cup, Espresso, Spoon — "))
    }

    @Test func aMailSaysWhatIsKnown() throws {
        let announcement = Announcement(.analysed, at: time, photo: try photo(), retention: .deleteAfterAnalysis)
        let content = MailContent(announcement, page: "https://photos.example.org")
        #expect(content.subject == "Fovea: Coffee Cup, Table — trip/IMG_1234.jpg")
        #expect(
            content.text == """
                Fovea: Coffee Cup, Table
                trip/IMG_1234.jpg

                WHAT IS IN IT
                  Coffee Cup  98 %
                  Table       91 %

                2 FACES
                  woman, 25–35 years, smiling, happy
                  somebody

                UNSAFE CONTENT
                  Weapons  71 %

                TEXT IN IT
                  NO ENTRY

                NOT LOOKED FOR
                  text  a model is missing

                THE PHOTO
                  Taken     2024-05-01 18:30:00 +02:00
                  Where     52.37000, 4.89000, 3 m above the sea
                  Camera    Canon EOS 40D
                  Size      451 × 300 pixels, PNG, 241 kB
                  Bucket    private
                  Original  erased now that it was looked at, as its bucket says

                See it: https://photos.example.org/#/photo/01a1f8c1-a33a-7418-8e18-e9b3c93ad048

                -- 
                You get this because the bucket “private” tells you of each photo.

                """)
        for word in [
            "Coffee Cup", "98 %", "woman, 25–35", "Weapons", "NO ENTRY", "52.37000", "erased now", "“private”",
        ] {
            #expect(content.html.contains(word))
        }
        #expect(content.html.contains("href=\"https://photos.example.org/#/photo/01a1f8c1"))
        #expect(!content.html.contains("Nudity"))
    }

    @Test func anAlertSaysWhy() throws {
        let notice = AlertNotice(name: "driveway cars", condition: "label Car ≥ 80", match: "Car 93", silent: 2)
        let content = MailContent(Announcement(.alert, at: time, photo: try photo(), alert: notice), page: nil)
        #expect(content.subject == "Fovea alert “driveway cars”: Car 93 — trip/IMG_1234.jpg")
        #expect(content.reason.contains("label Car ≥ 80"))
        #expect(content.reason.contains("silent about 2 more"))
        #expect(content.link == nil)
    }

    @Test(arguments: [("damaged", "erased now"), ("decoder_crashed", "kept for 7 days")])
    func aFailureSaysWhatWentWrongAndWhatBecomesOfIt(code: String, fate: String) throws {
        var failed = try photo(["status": "failed", "error": ["code": code, "message": "The file ends too early."]])
        failed.analysis = nil
        let content = MailContent(
            Announcement(.failed, at: time, photo: failed, retention: .deleteAfterAnalysis), page: nil)
        #expect(content.subject == "Fovea could not look at a photo — trip/IMG_1234.jpg")
        #expect(content.text.contains("The file ends too early."))
        #expect(content.text.contains(fate))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\u{301} onmouseover='x",
        "\"\u{301}<b\u{338}>",
        "a\r\nBcc: thief@example.org", "gpj.\u{202E}exe", "&lt;b&gt;",
    ]) func hostileWordsAreOnlyWords(words: String) throws {
        var photo = try photo()
        photo.analysis?.labels[0].name = words
        photo.analysis?.text[0].text = words
        photo.camera = words
        let notice = AlertNotice(name: words, condition: words, match: words)
        let delivery = Delivery(
            key: DeliveryKey(), recipient: .owner,
            announcement: Announcement(.alert, at: time, photo: photo, alert: notice), createdAt: time)
        let mail = MailNotifier.mail(delivery, from: "a@x.org", to: "b@x.org", page: "https://x.org")
        let plain = MailNotifier.mail(
            Delivery(
                key: delivery.key, recipient: .owner,
                announcement: Announcement(
                    .alert, at: time, photo: try self.photo(),
                    alert: AlertNotice(name: "x", condition: "x", match: "x")),
                createdAt: time),
            from: "a@x.org", to: "b@x.org", page: "https://x.org")
        // The same marks of HTML as a mail of harmless words.
        for mark in ["<", ">", "\"", "'"].map({ Unicode.Scalar($0) }) {
            #expect(mail.html.unicodeScalars.count { $0 == mark } == plain.html.unicodeScalars.count { $0 == mark })
        }
        #expect(!mail.text.unicodeScalars.contains { $0.properties.isBidiControl || $0 == "\r" })
        #expect(mail.header.map(\.name) == plain.header.map(\.name))
        #expect(
            mail.header.allSatisfy { !$0.value.replacing("\r\n ", with: "").utf8.contains { $0 < 0x20 || $0 > 0x7E } })
    }

    @Test func aMailIsTheSameAtEachTry() throws {
        let delivery = Delivery(
            key: try #require(DeliveryKey("abc.1.0")), recipient: .owner,
            announcement: Announcement(.test, at: time), createdAt: time)
        let mails = (0..<2).map { _ in MailNotifier.mail(delivery, from: "a@x.org", to: "b@x.org", page: nil) }
        #expect(mails[0].html == mails[1].html)
        #expect(mails[0].header.elementsEqual(mails[1].header, by: ==))
        let header = Dictionary(uniqueKeysWithValues: mails[0].header.map { ($0.name, $0.value) })
        #expect(header["Message-ID"] == "<abc.1.0@x.org>")
        #expect(header["Date"] == "Fri, 15 Jan 2027 08:00:00 +0000")
    }
}

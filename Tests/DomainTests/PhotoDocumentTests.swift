import Domain
import Foundation
import Testing

@Suite struct PhotoDocumentTests {
    private func photo(_ state: Photo.State) throws -> Photo {
        let id = try #require(PhotoID("01890a5d-ac96-774b-bcce-b302099a8057"))
        return Photo(
            id: id, bucket: .incoming, key: try #require(PhotoKey("a/b.jpg")),
            content: .init(bytes: 12, sha256: "ab"), createdAt: Date(timeIntervalSince1970: 1_700_000_000.25),
            state: state)
    }

    private func json(_ document: PhotoDocument) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: document.json()) as? [String: Any])
    }

    @Test func whatIsNotKnownIsAbsent() throws {
        let json = try json(PhotoDocument(photo(.queued), limits: .standard))
        #expect(Set(json.keys) == ["id", "bucket", "key", "status", "bytes", "sha256", "createdAt"])
        #expect(json["status"] as? String == "queued")
        #expect(json["createdAt"] as? String == "2023-11-14T22:13:20.250Z")
        #expect(json["key"] as? String == "a/b.jpg")
    }

    @Test func anAnalysedPhotoHasEveryStateAndItsLabelsWithinTheLimits() throws {
        let labels = [Label(name: "Cat", confidence: 97.5, parents: ["Animal"]), Label(name: "Sofa", confidence: 30)]
        let findings = Findings(
            picture: PictureFacts(
                width: 4, height: 3, format: .png, takenAt: TakenAt(local: "2024-01-02T03:04:05", source: .exif)),
            analysis: Analysis(states: [.labels: .done], labels: labels, models: ["labels": "m@1"]))
        let json = try json(PhotoDocument(photo(.analysed(findings)), limits: .standard))
        let analysis = try #require(json["analysis"] as? [String: Any])
        let states = try #require(analysis["states"] as? [String: String])
        #expect(states == ["labels": "done", "faces": "off", "people": "off", "moderation": "off", "text": "off"])
        let shown = try #require(analysis["labels"] as? [[String: Any]])
        #expect(shown.count == 1)
        #expect(shown[0]["name"] as? String == "Cat")
        #expect(shown[0]["parents"] as? [String] == ["Animal"])
        #expect((shown[0]["instances"] as? [Any])?.isEmpty == true)
        #expect((json["takenAt"] as? [String: String]) == ["local": "2024-01-02T03:04:05", "source": "exif"])
        #expect(json["width"] as? Int == 4)

        let all = PhotoDocument(try photo(.analysed(findings)), limits: LabelLimits(maxLabels: 10, minConfidence: 0))
        #expect(all.analysis?.labels.count == 2)
    }

    @Test func aFileOfTheCommandLineHasItsPathAndNoIdentity() throws {
        let failure = Failure(.damaged, "The file ends early.")
        let document = PhotoDocument(file: "x/y.jpg", content: nil, outcome: .failed(failure), limits: .standard)
        let json = try json(document)
        #expect(Set(json.keys) == ["file", "status", "error"])
        #expect((json["error"] as? [String: String])?["code"] == "damaged")
    }

    @Test func findingsReadBackAsTheyWere() throws {
        let findings = Findings(
            picture: PictureFacts(width: 1, height: 2, format: .heic, orientation: 6),
            analysis: Analysis(states: [.labels: .unavailable]))
        let data = try JSONEncoder().encode(findings)
        #expect(try JSONDecoder().decode(Findings.self, from: data) == findings)
    }
}

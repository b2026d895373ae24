import Domain
import Foundation
import Testing

@Suite("Image properties")
struct PropertiesContract {
    @Test("what a picture looks like reads back as it was settled", arguments: Implementation.allCases)
    func readBack(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: TestClock())
        let colours = [
            DominantColor(
                red: 0, green: 10, blue: 255, cssColor: "blue", simplifiedColor: .blue, pixelPercent: 62.37),
            DominantColor(
                red: 255, green: 255, blue: 255, cssColor: "white", simplifiedColor: .white, pixelPercent: 30),
        ]
        let properties = ImageProperties(
            dominantColors: colours, quality: .init(brightness: 61.25, sharpness: 0, contrast: 100))
        var findings = Sample.findings([("Sky", 90)])
        findings.analysis.properties = properties
        let photo = try Sample.photo("a")
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
        #expect(try await catalog.photo(photo.id)?.state == .analysed(findings))
    }

    @Test("a photo whose looks were not measured has none", arguments: Implementation.allCases)
    func none(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: TestClock())
        let photo = try Sample.photo("a")
        try await catalog.addAnalysed(photo, labels: [("Sky", 90)])
        guard case .analysed(let findings) = try await catalog.photo(photo.id)?.state else {
            Issue.record("the photo is not analysed")
            return
        }
        #expect(findings.analysis.properties == nil)
    }
}

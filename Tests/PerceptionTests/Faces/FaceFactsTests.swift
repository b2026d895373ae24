import Domain
import Testing

@testable import Perception

@Suite("What is said of a face")
struct FaceFactsTests {
    @Test("Ages are whole years, at least 0, and what is no range is none")
    func ages() {
        #expect(Face.AgeRange(from: 20.4, to: 40.2) == Face.AgeRange(low: 20, high: 41))
        #expect(Face.AgeRange(from: -3, to: 1.5) == Face.AgeRange(low: 0, high: 2))
        #expect(Face.AgeRange(from: 5, to: 4) == nil)
        #expect(Face.AgeRange(from: .nan, to: 4) == nil)
    }

    @Test(
        "A single age becomes a range that is wider for the old", arguments: [(0.5, 0, 2), (20, 12, 28), (60, 49, 71)])
    func range(age: Double, low: Int, high: Int) {
        #expect(AgeGender.range(age: age) == Face.AgeRange(low: low, high: high))
    }

    @Test("The likelier answer is given, with its own probability")
    func traits() {
        #expect(Face.Trait<Face.Gender>(male: 0.25) == Face.Trait(.female, confidence: 75))
        #expect(Face.Trait<Face.Gender>(male: 0.5) == Face.Trait(.male, confidence: 50))
        #expect(Face.Trait<Face.Gender>(male: .nan) == nil)
        #expect(Face.Trait<Bool>(probability: 0.123456) == Face.Trait(false, confidence: 87.65))
        #expect(Face.Trait<Bool>(probability: 1.5) == nil)
    }

    @Test("Expressions above the floor, surest first, less sure than the network says", arguments: network)
    func expressions(network: FaceExpression.Network) throws {
        var face = Face(box: Box(left: 0, top: 0, width: 1, height: 1), confidence: 90)
        FaceExpression.describe([(.calm, 0.05), (.happy, 0.9499), (.sad, 0.0001)], by: network, in: &face)
        #expect(face.emotions.map(\.type) == [.happy, .calm])
        #expect(face.emotions[0].confidence < 94 && face.emotions[0].confidence > 60)
        let smile = try #require(face.smile)
        #expect(smile.value && (70..<97).contains(smile.confidence))
        FaceExpression.describe([], by: network, in: &face)
        #expect(face.emotions.isEmpty && face.smile == nil)
    }

    private static let network = FaceExpression.Network.allCases

    @Test("What people rarely show has to be plain to be told", arguments: network)
    func rare(network: FaceExpression.Network) {
        var face = Face(box: Box(left: 0, top: 0, width: 1, height: 1), confidence: 90)
        FaceExpression.describe([(.calm, 0.3), (.disgusted, 0.7)], by: network, in: &face)
        #expect(face.emotions.first?.type == .calm)
        FaceExpression.describe([(.calm, 0.00001), (.fear, 0.99999)], by: network, in: &face)
        #expect(face.emotions.first?.type == .fear)
    }

    @Test("Both networks name every expression once")
    func classes() {
        for network in FaceExpression.Network.allCases {
            #expect(Set(network.classes) == Set(Face.Emotion.Kind.allCases) && network.classes.count == 7)
        }
    }

    @Test("Brightness is that of the skin; blur takes sharpness away, less light does not")
    func quality() {
        let ground = Pixels(width: 150, height: 150, red: 90, green: 90, blue: 90)
        let chip = DrawnFace(x: 75, y: 60, radius: 70).paint(on: ground)
        let sharp = Face.Quality(chip: chip)
        let dim = Face.Quality(chip: Pixels(width: 150, height: 150, rgb: chip.rgb.map { $0 / 2 }))
        let blurred = Face.Quality(chip: chip.resampled(width: 30, height: 30).resampled(width: 150, height: 150))
        #expect((60...75).contains(sharp.brightness))
        #expect(abs(dim.brightness * 2 - sharp.brightness) < 1)
        #expect(blurred.sharpness < sharp.sharpness - 20)
        #expect(abs(dim.sharpness - sharp.sharpness) < 3)
        let plain = Face.Quality(chip: Pixels(width: 150, height: 150, red: 255, green: 255, blue: 255))
        #expect(plain == Face.Quality(brightness: 100, sharpness: 0))
    }

    @Test("An aligned face has its landmarks where the template wants them")
    func alignment() throws {
        let detector = StubDetector(score: 0.9)
        // Landmarks that are the template at a third of its size, so that the chip is a third of the picture.
        let points = detector.template.map { PixelPoint(x: 10 + $0.x / 3, y: 20 + $0.y / 3) }
        let face = DetectedFace(area: Area(left: 10, top: 20, width: 50, height: 50), score: 1, landmarks: points)
        let picture = Pixels(width: 80, height: 80, red: 0, green: 0, blue: 0)
        let found = try #require(FoundFace(face, in: picture, template: detector.template))
        #expect([found.chip.width, found.chip.height] == [150, 150])
        let square = found.square(1, side: 10)
        #expect([square.width, square.height] == [10, 10])
        let point = DetectedFace(area: face.area, score: 1, landmarks: Array(repeating: points[0], count: 5))
        #expect(FoundFace(point, in: picture, template: detector.template) == nil)
    }
}

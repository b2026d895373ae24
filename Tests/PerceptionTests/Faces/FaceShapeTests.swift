import Domain
import Foundation
import Testing

@testable import Perception

@Suite("The shape of a face")
struct FaceShapeTests {
    /// A face that looks straight ahead: only the points that are read, the rest at the origin. The chin lies a little
    /// before the forehead, as in real faces.
    func points(eyes: Double = 0.3, mouth: Double = 0) -> [SIMD3<Double>] {
        var points = [SIMD3<Double>](repeating: .zero, count: 468)
        for (first, x) in [(33, -3.0), (362, 1.0)] {
            let last = first == 33 ? 133 : 263
            points[first] = SIMD3(x, -1, 0)
            points[last] = SIMD3(x + 2, -1, 0)
        }
        for (upper, lower, x) in [(160, 144, -2.5), (158, 153, -1.5), (385, 380, 1.5), (387, 373, 2.5)] {
            points[upper] = SIMD3(x, -1 - eyes, 0)
            points[lower] = SIMD3(x, -1 + eyes, 0)
        }
        points[78] = SIMD3(-1, 2, 0)
        points[308] = SIMD3(1, 2, 0)
        points[13] = SIMD3(0, 2 - mouth, 0)
        points[14] = SIMD3(0, 2 + mouth, 0)
        let lean = 7.3 * .pi / 180
        points[10] = SIMD3(0, -4 * cos(lean), -4 * sin(lean))
        points[152] = SIMD3(0, 4 * cos(lean), 4 * sin(lean))
        return points
    }

    /// Turned first about the vertical (nose to the viewer's left), then about the level axis (nose up), then in the
    /// picture (clockwise), all in degrees.
    func turned(yaw: Double = 0, pitch: Double = 0, roll: Double = 0) -> FaceShape {
        let (a, b, c) = (yaw * .pi / 180, pitch * .pi / 180, roll * .pi / 180)
        return FaceShape(
            points: points().map { point in
                var p = point
                p = SIMD3(p.x * cos(a) + p.z * sin(a), p.y, p.z * cos(a) - p.x * sin(a))
                p = SIMD3(p.x, p.y * cos(b) + p.z * sin(b), p.z * cos(b) - p.y * sin(b))
                return SIMD3(p.x * cos(c) - p.y * sin(c), p.x * sin(c) + p.y * cos(c), p.z)
            })
    }

    @Test("A face that looks ahead is not turned")
    func ahead() {
        #expect(turned().pose() == Face.Pose(roll: 0, yaw: 0, pitch: 0))
    }

    @Test("Each angle by itself is found again, with its sign", arguments: [-40.0, -10, 5, 30])
    func angles(angle: Double) throws {
        #expect(near(turned(roll: angle).pose(), Face.Pose(roll: angle, yaw: 0, pitch: 0)))
        #expect(near(turned(yaw: angle).pose(), Face.Pose(roll: 0, yaw: angle, pitch: 0)))
        #expect(near(turned(pitch: angle).pose(), Face.Pose(roll: 0, yaw: 0, pitch: angle)))
    }

    @Test("Yaw and nod together, in a crop that was turned")
    func together() {
        let pose = turned(yaw: 20, pitch: 10).pose(turned: .pi / 6)
        #expect(near(pose, Face.Pose(roll: 30, yaw: 20, pitch: 10), within: 4))
    }

    @Test("Signs are as people see them")
    func signs() {
        let nose = SIMD3(0.0, 0, -1)
        let yawed = SIMD3(nose.z * sin(0.3), nose.y, nose.z * cos(0.3))
        #expect(yawed.x < 0, "positive yaw turns the nose to the viewer's left")
        let nodded = SIMD3(nose.x, nose.y * cos(0.3) + nose.z * sin(0.3), nose.z * cos(0.3))
        #expect(nodded.y < 0, "positive pitch lifts the nose")
    }

    @Test("A shape without an extent has no pose, and eyes that cannot be told are not told")
    func nothing() {
        let shape = FaceShape(points: [SIMD3<Double>](repeating: .zero, count: 468))
        #expect(shape.pose() == nil)
        #expect(shape.eyesOpen == nil)
        #expect(shape.mouthOpen == nil)
    }

    @Test("Eyes that are as high as open ones are open, narrow ones too; only flat ones are not")
    func eyes() throws {
        func told(_ height: Double) throws -> (isOpen: Bool, confidence: Double) {
            let trait = try #require(FaceShape(points: points(eyes: height)).eyesOpen)
            return (trait.value, trait.confidence)
        }
        #expect(try told(0.27).isOpen && told(0.27).confidence > 95)
        #expect(try told(0.13).isOpen && told(0.13).confidence < 80)
        #expect(try !told(0.05).isOpen && told(0.05).confidence < 90)
    }

    @Test("A mouth is open from a gap of 0.1 of its width on", arguments: [(0.25, true), (0.02, false)])
    func mouth(half: Double, isOpen: Bool) throws {
        let trait = try #require(FaceShape(points: points(mouth: half)).mouthOpen)
        #expect(trait.value == isOpen)
        #expect(trait.confidence > 90)
    }

    @Test("The crop of a leaning face is turned, and half as large again as its box")
    func crop() {
        let face = DetectedFace(
            area: Area(left: 100, top: 50, width: 64, height: 128), score: 1,
            landmarks: [(0.0, 0.0), (10, 10)].map(PixelPoint.init))
        let map = FaceMesh.crop(of: face, turned: face.eyeLineAngle)
        let middle = map(PixelPoint(x: 96, y: 96))
        #expect(abs(middle.x - 132) < 1e-9 && abs(middle.y - 114) < 1e-9)
        let right = map(PixelPoint(x: 192, y: 96))
        #expect(abs(right.x - 132 - 96 * 0.5.squareRoot()) < 1e-9 && abs(right.y - 114 - 96 * 0.5.squareRoot()) < 1e-9)
    }

    private func near(_ pose: Face.Pose?, _ expected: Face.Pose, within limit: Double = 0.2) -> Bool {
        guard let pose else { return false }
        return abs(pose.roll - expected.roll) < limit && abs(pose.yaw - expected.yaw) < limit
            && abs(pose.pitch - expected.pitch) < limit
    }
}

import Domain
import Foundation
import Testing

@testable import Perception

@Suite("Warping")
struct WarpTests {
    let picture = Pixels(width: 3, grey: [0, 10, 20, 30, 40, 50, 60, 70, 80])

    @Test("Nothing changes without a change")
    func identity() {
        #expect(picture.warped(by: .identity, width: 3, height: 3) == picture)
    }

    @Test("A shift by half a pixel lies between two; beyond the picture its edges repeat")
    func shift() {
        let half = Projection.scaling(x: 1, y: 1, afterMoving: PixelPoint(x: 0.5, y: 0))
        #expect(picture.warped(by: half, width: 3, height: 1).reds == [5, 15, 20])
        let far = Projection.scaling(x: 1, y: 1, afterMoving: PixelPoint(x: -100, y: 100))
        #expect(picture.warped(by: far, width: 2, height: 2).reds == [60, 60, 60, 60])
    }

    @Test("A quarter turn moves every pixel to its place")
    func turn() {
        // What is at (x, y) of the turned picture was at (y, 3 - x).
        let turn = Projection(x: SIMD3(0, 1, 0), y: SIMD3(-1, 0, 3))
        #expect(picture.warped(by: turn, width: 3, height: 3).reds == [60, 30, 0, 70, 40, 10, 80, 50, 20])
    }

    @Test("What shrinks is averaged, not skipped")
    func shrinking() {
        let board = Pixels(width: 120, grey: (0..<14_400).map { ($0 % 120 + $0 / 120) % 2 == 0 ? 0 : 255 })
        let small = board.warped(by: .scaling(x: 6, y: 6), width: 20, height: 20)
        #expect(small.reds.allSatisfy { (115...140).contains($0) })
    }

    @Test("A place that is no number is some pixel of the picture, not a crash")
    func notANumber() {
        let broken = Projection(x: SIMD3(.nan, 0, 0), y: SIMD3(0, .infinity, 0))
        #expect(picture.warped(by: broken, width: 2, height: 2).width == 2)
        let vanishing = Projection(w: SIMD3(0, 0, 0))
        #expect(picture.warped(by: vanishing, width: 2, height: 2).width == 2)
    }

    @Test("The four corners of a slanted rectangle become those of an upright one")
    func rectangle() throws {
        let corners = [(10.0, 5.0), (52, 12), (48, 40), (7, 30)].map(PixelPoint.init)
        let map = try #require(Projection.rectangle(width: 40, height: 20, onto: corners))
        let upright = [(0.0, 0.0), (40, 0), (40, 20), (0, 20)].map(PixelPoint.init)
        for (point, corner) in zip(upright, corners) {
            #expect(distance(map(point), corner) < 1e-9)
        }
        let back = try #require(map.inverse)
        #expect(distance(back(map(PixelPoint(x: 13, y: 7))), PixelPoint(x: 13, y: 7)) < 1e-9)
        let line = [(0.0, 0.0), (1, 1), (2, 2), (3, 3)].map(PixelPoint.init)
        #expect(Projection.rectangle(width: 40, height: 20, onto: line) == nil)
    }

    @Test("The best similarity finds turn, scale and shift again")
    func similarity() throws {
        let points = [(0.0, 0.0), (10, 0), (5, 5), (1, 9), (9, 8)].map(PixelPoint.init)
        let (sine, cosine) = (sin(0.3) * 2.5, cos(0.3) * 2.5)
        let known = Projection(x: SIMD3(cosine, -sine, 7), y: SIMD3(sine, cosine, -3))
        let found = try #require(Projection.similarity(from: points, to: points.map { known($0) }))
        for point in points { #expect(distance(found(point), known(point)) < 1e-9) }
        #expect(abs(found.scale(at: points[0]) - 2.5) < 1e-9)
        #expect(Projection.similarity(from: [points[0], points[0]], to: [points[1], points[2]]) == nil)
        #expect(
            Projection.similarity(from: [PixelPoint(x: .nan, y: 0), points[1]], to: [points[1], points[2]]) == nil)
    }

    @Test("Maps are done one after the other")
    func order() {
        let move = Projection.scaling(x: 1, y: 1, afterMoving: PixelPoint(x: 2, y: 0))
        let both = move.then(.scaling(x: 3, y: 3))
        #expect(both(PixelPoint(x: 1, y: 1)) == PixelPoint(x: 9, y: 3))
        #expect(Projection(x: SIMD3(1, 1, 0), y: SIMD3(1, 1, 0)).inverse == nil)
    }

    private func distance(_ first: PixelPoint, _ second: PixelPoint) -> Double {
        hypot(first.x - second.x, first.y - second.y)
    }
}

import Domain
import Testing

@testable import Perception

@Suite("Quarter turns")
struct QuarterTurnTests {
    /// 1 2 3 over 4 5 6.
    private let picture = Pixels(width: 3, grey: [1, 2, 3, 4, 5, 6])

    @Test(
        "Pixels turn to the right",
        arguments: [
            (QuarterTurn.none, 3, [1, 2, 3, 4, 5, 6]), (.right, 2, [4, 1, 5, 2, 6, 3]),
            (.half, 3, [6, 5, 4, 3, 2, 1]), (.left, 2, [3, 6, 2, 5, 1, 4]),
        ] as [(QuarterTurn, Int, [UInt8])])
    func pixels(turn: QuarterTurn, width: Int, reds: [UInt8]) {
        let turned = picture.turned(turn)
        #expect(turned.width == width && turned.reds == reds)
    }

    @Test("Places find their way back", arguments: QuarterTurn.allCases)
    func places(turn: QuarterTurn) {
        let turned = picture.turned(turn)
        for y in 0..<turned.height {
            for x in 0..<turned.width {
                let place = turn.back(
                    x: (Double(x) + 0.5) / Double(turned.width), y: (Double(y) + 0.5) / Double(turned.height))
                let source = Int(place.y * 2) * 3 + Int(place.x * 3)
                #expect(picture.reds[source] == turned.reds[y * turned.width + x])
            }
        }
    }

    @Test("So do boxes")
    func boxes() {
        let box = Box(left: 0.5, top: 0.25, width: 0.25, height: 0.5)
        #expect(QuarterTurn.none.back(box) == box)
        #expect(QuarterTurn.right.back(box) == Box(left: 0.25, top: 0.25, width: 0.5, height: 0.25))
        #expect(QuarterTurn.half.back(box) == Box(left: 0.25, top: 0.25, width: 0.25, height: 0.5))
        #expect(QuarterTurn.left.back(box) == Box(left: 0.25, top: 0.5, width: 0.5, height: 0.25))
    }
}

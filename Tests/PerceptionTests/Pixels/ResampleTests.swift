import Domain
import Testing

@testable import Perception

@Suite("Resampling")
struct ResampleTests {
    @Test("The same size is the same picture")
    func identity() {
        let picture = Pixels(width: 2, grey: [1, 2, 3, 4])
        #expect(picture.resampled(width: 2, height: 2) == picture)
    }

    @Test("Half the size weighs each pixel by its distance: 1, 3, 3, 1")
    func halving() {
        let line = Pixels(width: 8, grey: [0, 0, 0, 80, 0, 0, 0, 0])
        // The step is 2 pixels; the fourth pixel is half a pixel from the middle of the second of the copy (0.75 of the
        // weight of the middle, 0.375 of all) and one and a half from that of the third.
        #expect(line.resampled(width: 4, height: 1).reds == [0, 30, 10, 0])
    }

    @Test("Twice the size lies between its neighbours, and the edges repeat")
    func doubling() {
        let line = Pixels(width: 2, grey: [0, 100])
        #expect(line.resampled(width: 4, height: 1).reds == [0, 25, 75, 100])
        let column = Pixels(width: 1, grey: [0, 100])
        #expect(column.resampled(width: 1, height: 4).reds == [0, 25, 75, 100])
    }

    @Test("A part of the picture, pixel by pixel")
    func part() {
        let picture = Pixels(width: 4, grey: Array(0..<16))
        let area = Area(left: 1, top: 2, width: 2, height: 2)
        #expect(picture.resampled(area, width: 2, height: 2).reds == [9, 10, 13, 14])
    }

    @Test("Beyond the picture its edges repeat")
    func beyond() {
        let picture = Pixels(width: 2, grey: [10, 20, 30, 40])
        let area = Area(left: -2, top: -2, width: 6, height: 6)
        #expect(picture.resampled(area, width: 6, height: 6).reds.prefix(6) == [10, 10, 10, 20, 20, 20])
    }

    @Test("Shrinking leaves nothing out: a fine checkerboard becomes grey", arguments: [3, 7, 16, 50])
    func antialias(side: Int) {
        let board = Pixels(width: 100, grey: (0..<10_000).map { ($0 % 100 + $0 / 100) % 2 == 0 ? 0 : 255 })
        let small = board.resampled(width: side, height: side)
        #expect(small.reds.allSatisfy { (115...140).contains($0) })
    }

    @Test("White stays white and colours keep their channels", arguments: [(3, 5), (64, 2), (17, 31)])
    func colours(width: Int, height: Int) {
        let copy = Pixels(width: 10, height: 10, red: 255, green: 0, blue: 128).resampled(width: width, height: height)
        #expect(copy == Pixels(width: width, height: height, red: 255, green: 0, blue: 128))
    }

    @Test("Every pixel of a copy is made of weights that add up to 1, within the line")
    func taps() {
        for (start, length, count) in [(0.0, 10.0, 3), (-4, 20, 7), (9.5, 0.2, 4), (30, 5, 2)] {
            let taps = ResampleTaps(start: start, length: length, count: count, limit: 10)
            #expect(taps.starts.count == count && taps.range.lowerBound >= 0 && taps.range.upperBound <= 10)
            for number in 0..<count {
                let sum = taps.weights[taps.offsets[number]..<taps.offsets[number + 1]].reduce(0, +)
                #expect(abs(sum - 1) < 1e-5)
            }
        }
    }

    @Test("A picture is fitted in its own proportions, and never enlarged")
    func fitting() {
        let picture = Pixels(width: 100, height: 40, red: 1, green: 2, blue: 3)
        let small = picture.fitted(within: 30)
        #expect([small.width, small.height] == [30, 12])
        #expect(picture.fitted(within: 200) == picture)
        #expect(Pixels(width: 200, height: 1, red: 1, green: 2, blue: 3).fitted(within: 50).height == 1)
    }

    @Test("A padded picture lies at the top left")
    func padding() {
        let sheet = Pixels(width: 2, grey: [1, 2, 3, 4]).padded(width: 3, height: 3, grey: 9)
        #expect(sheet.reds == [1, 2, 9, 3, 4, 9, 9, 9, 9])
    }
}

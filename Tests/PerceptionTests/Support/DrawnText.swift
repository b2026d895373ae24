import Domain

/// Words drawn with blocks, five by seven to a letter: plain, but the networks read them.
struct DrawnText {
    /// Dark on light, with a margin; a letter's block is `scale` pixels wide.
    static func picture(_ lines: [String], scale: Int = 5, margin: Int = 60) -> Pixels {
        let columns = (lines.map(\.count).max() ?? 0) * 6
        let (width, height) = (columns * scale + 2 * margin, lines.count * 12 * scale + 2 * margin)
        var rgb = [UInt8](repeating: 235, count: width * height * 3)
        for (number, line) in lines.enumerated() {
            paint(line, on: &rgb, width: width, left: margin, top: margin + number * 12 * scale, scale: scale, 20)
        }
        return Pixels(width: width, height: height, rgb: rgb)
    }

    /// Writes a line in grey into rows of `width` pixels.
    static func paint(
        _ line: String, on rgb: inout [UInt8], width: Int, left: Int, top: Int, scale: Int, _ grey: UInt8
    ) {
        for (place, letter) in line.enumerated() {
            for (row, bits) in (letters[letter] ?? []).enumerated() {
                for column in 0..<5 where bits & (16 >> column) != 0 {
                    for block in 0..<(scale * scale) {
                        let x = left + (place * 6 + column) * scale + block % scale
                        let y = top + row * scale + block / scale
                        for channel in 0..<3 { rgb[(y * width + x) * 3 + channel] = grey }
                    }
                }
            }
        }
    }

    /// A stop sign at a road, 400 × 400: the sign reaches from 117 to 283 across and from 57 to 223 down.
    static func stopSign() -> Pixels {
        var rgb: [UInt8] = []
        for y in 0..<400 {
            for x in 0..<400 {
                let (across, down) = (abs(Double(x) - 199.5), abs(Double(y) - 139.5))
                let reach = max(across, down, (across + down) / 2.squareRoot())
                let ground: [UInt8] = y < 300 ? [150, 180, 210] : [90, 120, 70]
                let isPole = across < 5 && y > 200 && y < 380
                rgb += reach < 76 ? [190, 25, 35] : reach < 83 ? [240, 240, 240] : isPole ? [110, 110, 110] : ground
            }
        }
        paint("STOP", on: &rgb, width: 400, left: 130, top: 119, scale: 6, 245)
        return Pixels(width: 400, height: 400, rgb: rgb)
    }

    private static let letters: [Character: [Int]] = [
        "A": [14, 17, 17, 31, 17, 17, 17], "C": [14, 17, 16, 16, 16, 17, 14], "D": [30, 17, 17, 17, 17, 17, 30],
        "E": [31, 16, 16, 30, 16, 16, 31], "H": [17, 17, 17, 31, 17, 17, 17], "L": [16, 16, 16, 16, 16, 16, 31],
        "N": [17, 25, 21, 19, 17, 17, 17], "O": [14, 17, 17, 17, 17, 17, 14], "P": [30, 17, 17, 30, 16, 16, 16],
        "R": [30, 17, 17, 30, 20, 18, 17], "S": [15, 16, 16, 14, 1, 1, 30], "T": [31, 4, 4, 4, 4, 4, 4],
    ]
}

extension Pixels {
    /// The picture turned clockwise by quarters.
    func turned(quarters: Int) -> Pixels {
        guard quarters > 0 else { return self }
        var turned: [UInt8] = []
        for x in 0..<width {
            for y in (0..<height).reversed() { turned += rgb[((y * width + x) * 3)..<((y * width + x) * 3 + 3)] }
        }
        return Pixels(width: height, height: width, rgb: turned).turned(quarters: quarters - 1)
    }

    /// As a decoder gives it for the view `whole`.
    var asWhole: DecodedPicture {
        DecodedPicture(
            facts: PictureFacts(width: width, height: height, format: .png), thumbnail: nil, views: ["whole": self])
    }
}

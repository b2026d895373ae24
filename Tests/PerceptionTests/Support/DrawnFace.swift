import Domain
import Foundation

/// A face drawn with ellipses: plain, but the networks take it for one.
struct DrawnFace {
    /// The middle of the face, in pixels.
    var x = 160.0
    var y = 150.0
    /// Roughly half its width, in pixels.
    var radius = 40.0
    /// How far it leans to the viewer's right, in degrees.
    var lean = 0.0
    var skin = SIMD3(222.0, 172, 145)

    private struct Ellipse {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
        var colour: SIMD3<Double>
        var blur: Double
    }

    /// From the back to the front; in radii from the middle.
    private var ellipses: [Ellipse] {
        func both(
            _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ colour: SIMD3<Double>, _ blur: Double
        ) -> [Ellipse] {
            [-x, x].map { Ellipse(x: $0, y: y, width: width, height: height, colour: colour, blur: blur) }
        }
        let head = [
            Ellipse(x: 0, y: 2.3, width: 1.5, height: 1.2, colour: SIMD3(60, 70, 110), blur: 0.03),
            Ellipse(x: 0, y: 0.9, width: 0.4, height: 0.7, colour: skin * 0.82, blur: 0.03),
            Ellipse(x: 0, y: -0.15, width: 0.95, height: 1.2, colour: SIMD3(50, 35, 28), blur: 0.06),
            Ellipse(x: 0, y: 0.05, width: 0.78, height: 1.05, colour: skin, blur: 0.25),
        ]
        let eyes =
            both(0.32, -0.18, 0.2, 0.13, skin * 0.86, 0.8) + both(0.32, -0.15, 0.15, 0.075, SIMD3(240, 238, 235), 0.2)
            + both(0.32, -0.15, 0.07, 0.07, SIMD3(60, 40, 30), 0.3)
            + both(0.32, -0.15, 0.03, 0.03, SIMD3(10, 10, 10), 0.3)
            + both(0.33, -0.36, 0.2, 0.04, SIMD3(60, 42, 32), 0.5)
        let nose =
            [Ellipse(x: 0, y: 0.12, width: 0.07, height: 0.3, colour: skin * 1.06, blur: 0.8)]
            + both(0.09, 0.3, 0.045, 0.03, skin * 0.55, 0.6)
        let mouth = [
            Ellipse(x: 0, y: 0.6, width: 0.26, height: 0.075, colour: SIMD3(175, 85, 85), blur: 0.5),
            Ellipse(x: 0, y: 0.6, width: 0.24, height: 0.012, colour: SIMD3(110, 45, 45), blur: 0.6),
        ]
        return head + eyes + nose + mouth
    }

    /// Paints it into a picture.
    func paint(on picture: Pixels) -> Pixels {
        var rgb = picture.rgb
        let (sine, cosine) = (sin(lean * .pi / 180) / radius, cos(lean * .pi / 180) / radius)
        for ellipse in ellipses {
            // How far the ellipse, turned somehow, can reach.
            let reach = max(ellipse.width, ellipse.height) * radius
            let middleX = x + (ellipse.x * cosine - ellipse.y * sine) * radius * radius
            let middleY = y + (ellipse.x * sine + ellipse.y * cosine) * radius * radius
            for row in max(Int(middleY - reach), 0)..<min(Int(middleY + reach) + 1, picture.height) {
                for column in max(Int(middleX - reach), 0)..<min(Int(middleX + reach) + 1, picture.width) {
                    let (across, down) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
                    let u = (across * cosine + down * sine - ellipse.x) / ellipse.width
                    let v = (down * cosine - across * sine - ellipse.y) / ellipse.height
                    let cover = min(max((1 - (u * u + v * v).squareRoot()) / ellipse.blur, 0), 1)
                    guard cover > 0 else { continue }
                    for channel in 0..<3 {
                        let place = (row * picture.width + column) * 3 + channel
                        let mixed = Double(rgb[place]) * (1 - cover) + min(ellipse.colour[channel], 255) * cover
                        rgb[place] = UInt8(mixed.rounded())
                    }
                }
            }
        }
        return Pixels(width: picture.width, height: picture.height, rgb: rgb)
    }
}

extension Pixels {
    /// One colour all over.
    init(width: Int, height: Int, red: UInt8, green: UInt8, blue: UInt8) {
        self.init(
            width: width, height: height,
            rgb: (0..<(width * height)).flatMap { _ in [red, green, blue] })
    }

    /// A grey picture from its values.
    init(width: Int, grey: [UInt8]) {
        self.init(width: width, height: grey.count / width, rgb: grey.flatMap { [$0, $0, $0] })
    }

    /// The red of each pixel.
    var reds: [UInt8] { stride(from: 0, to: rgb.count, by: 3).map { rgb[$0] } }

    /// As what a decoder gives for the view `whole`.
    var decoded: DecodedPicture {
        DecodedPicture(
            facts: PictureFacts(width: width, height: height, format: .png), thumbnail: nil, views: ["whole": self])
    }
}

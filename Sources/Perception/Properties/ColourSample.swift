internal import Domain

/// Which colours a picture has and how much of each, out of about 10,000 of its pixels in even rows and columns. Colours
/// that are nearly the same (5 bits of each channel) are one, their mean.
struct ColourSample: Sendable {
    /// One colour and how many of the pixels have it.
    struct Portion: Sendable {
        let colour: OKLab
        let weight: Float
    }

    /// The colours, from black to white by red, green, blue.
    let portions: [Portion]
    /// How many pixels were looked at: the sum of all weights.
    let count: Float

    private static let pixels = 10_000

    /// Looks at the pixels of a picture.
    init(_ picture: Pixels) {
        let step = max(Int((Double(picture.width * picture.height) / Double(Self.pixels)).squareRoot()), 1)
        var sums = [SIMD4<UInt32>](repeating: .zero, count: 1 << 15)
        for y in stride(from: min(step / 2, picture.height - 1), to: picture.height, by: step) {
            for x in stride(from: min(step / 2, picture.width - 1), to: picture.width, by: step) {
                let place = (y * picture.width + x) * 3
                let (red, green, blue) = (picture.rgb[place], picture.rgb[place + 1], picture.rgb[place + 2])
                let bin = Int(red >> 3) << 10 | Int(green >> 3) << 5 | Int(blue >> 3)
                sums[bin] &+= SIMD4(UInt32(red), UInt32(green), UInt32(blue), 1)
            }
        }
        portions = sums.compactMap { sum in
            guard sum.w > 0 else { return nil }
            func mean(_ sum: UInt32, _ count: UInt32) -> UInt8 { UInt8((sum + count / 2) / count) }
            return Portion(
                colour: OKLab(red: mean(sum.x, sum.w), green: mean(sum.y, sum.w), blue: mean(sum.z, sum.w)),
                weight: Float(sum.w))
        }
        count = portions.reduce(0) { $0 + $1.weight }
    }
}

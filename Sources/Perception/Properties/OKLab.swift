internal import Foundation

/// A colour by how it looks: two colours look as different as they are apart here, whatever they are.
///
/// B. Ottosson, A perceptual color space for image processing (2020), <https://bottosson.github.io/posts/oklab/>.
struct OKLab: Sendable, Equatable {
    /// Lightness (0 black … 1 white), then green to red, then blue to yellow, both 0 for greys and below about 0.3.
    var values: SIMD3<Float>

    init(_ values: SIMD3<Float>) {
        self.values = values
    }

    var lightness: Float { values.x }
    /// How far it is from grey: 0 for a grey, up to 0.32 for the purest colours of sRGB.
    var chroma: Float { (values.y * values.y + values.z * values.z).squareRoot() }
    /// Which colour, in degrees: 29 red, 70 orange, 110 yellow, 142 green, 195 cyan, 264 blue, 328 magenta.
    var hue: Float {
        let angle = atan2(values.z, values.y) * 180 / .pi
        return angle < 0 ? angle + 360 : angle
    }

    /// How different two colours look, squared. What tells hues apart counts double: lightness alone is told apart with
    /// more ease in the formula than by people (ΔEOK2, as in <https://github.com/color-js/color.js>).
    func difference(from other: OKLab) -> Float {
        let apart = (values - other.values) * SIMD3(1, 2, 2)
        return (apart * apart).sum()
    }
}

extension OKLab {
    /// The colour of light, each 0…1.
    init(linear light: SIMD3<Float>) {
        let long = cbrt((light * SIMD3(0.412_221_47, 0.536_332_54, 0.051_445_99)).sum())
        let middle = cbrt((light * SIMD3(0.211_903_50, 0.680_699_55, 0.107_396_96)).sum())
        let short = cbrt((light * SIMD3(0.088_302_46, 0.281_718_84, 0.629_978_70)).sum())
        let cones = SIMD3(long, middle, short)
        self.init(
            SIMD3(
                (cones * SIMD3(0.210_454_26, 0.793_617_79, -0.004_072_05)).sum(),
                (cones * SIMD3(1.977_998_50, -2.428_592_21, 0.450_593_71)).sum(),
                (cones * SIMD3(0.025_904_04, 0.782_771_77, -0.808_675_77)).sum()))
    }

    /// A colour of sRGB, each 0…255.
    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.init(linear: SIMD3(Self.light[Int(red)], Self.light[Int(green)], Self.light[Int(blue)]))
    }

    /// The nearest colour that sRGB has, red, green and blue.
    var rgb: SIMD3<UInt8> {
        let long = values.x + 0.396_337_78 * values.y + 0.215_803_76 * values.z
        let middle = values.x - 0.105_561_35 * values.y - 0.063_854_17 * values.z
        let short = values.x - 0.089_484_18 * values.y - 1.291_485_55 * values.z
        let cones = SIMD3(long * long * long, middle * middle * middle, short * short * short)
        return SIMD3(
            Self.sRGB((cones * SIMD3(4.076_741_66, -3.307_711_59, 0.230_969_94)).sum()),
            Self.sRGB((cones * SIMD3(-1.268_438_00, 2.609_757_40, -0.341_319_40)).sum()),
            Self.sRGB((cones * SIMD3(-0.004_196_09, -0.703_418_61, 1.707_614_70)).sum()))
    }

    /// How much light each of the 256 values of sRGB stands for, IEC 61966-2-1.
    static let light: [Float] = (0...255).map { value in
        let share = Float(value) / 255
        return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }

    private static func sRGB(_ light: Float) -> UInt8 {
        let share = light <= 0.003_130_8 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
        return UInt8((min(max(share, 0), 1) * 255).rounded())
    }
}

import Domain
import Testing

@testable import Perception

@Suite("How well a picture can be seen")
struct QualityTests {
    /// A colourful picture with edges of all directions and strengths.
    let picture = Pixels(640, 480) { x, y in
        let ring = ((x - 320) * (x - 320) + (y - 240) * (y - 240)) / 4000
        let tile = (x / 37 + y / 29) % 5
        return [UInt8(40 + tile * 40), UInt8(ring % 2 == 0 ? 60 : 180), UInt8((x / 51 % 2) * 120 + 60)]
    }

    @Test("Blur lowers sharpness, and little else")
    func blur() {
        let sharp = ImageProperties(of: picture).quality
        var last = sharp.sharpness
        #expect(last > 80)
        for factor in [2, 4, 8, 16] {
            let small = picture.resampled(width: picture.width / factor, height: picture.height / factor)
            let blurred = ImageProperties(of: small.resampled(width: picture.width, height: picture.height)).quality
            #expect(blurred.sharpness < last)
            #expect(abs(blurred.brightness - sharp.brightness) < 6)
            last = blurred.sharpness
        }
        #expect(last < 20)
    }

    @Test("Darkening lowers brightness")
    func darkening() {
        let steps = [1.0, 0.7, 0.4, 0.1, 0].map { factor in
            ImageProperties(of: picture.mapped { $0 * factor }).quality.brightness
        }
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
        #expect(steps.last == 0)
        #expect(ImageProperties(of: .plain([255, 255, 255])).quality.brightness == 100)
    }

    @Test("Flattening lowers contrast, and sharpness not at all")
    func flattening() {
        let qualities = [1.0, 0.7, 0.4, 0.2].map { factor in
            ImageProperties(of: picture.mapped { 128 + ($0 - 128) * factor }).quality
        }
        let steps = qualities.map(\.contrast)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
        #expect(qualities.allSatisfy { abs($0.sharpness - qualities[0].sharpness) < 5 })
        #expect(ImageProperties(of: .plain([90, 120, 30])).quality.contrast == 0)
    }

    @Test("A sharp thing before a blurred background is a sharp picture")
    func blurredBackground() {
        let small = picture.resampled(width: 40, height: 30).resampled(width: 640, height: 480)
        let portrait = Pixels(640, 480) { x, y in
            let place = (y * 640 + x) * 3
            let source = (200..<440).contains(x) && y > 120 ? picture : small
            return [source.rgb[place], source.rgb[place + 1], source.rgb[place + 2]]
        }
        #expect(portrait.sharpness > 0.8)
        #expect(small.sharpness < 0.3)
    }

    @Test("What has no edges has no sharpness, however small")
    func plain() {
        #expect(Pixels.plain([7, 7, 7]).sharpness == 0)
        #expect(Pixels.plain([7, 7, 7], width: 2, height: 2).sharpness == 0)
    }
}

@Suite("Facts of pixels")
struct PixelStatisticsTests {
    @Test("A grey picture has no colour, a brown one has one hue, a rainbow has all")
    func tones() {
        let grey = PixelStatistics(of: Pixels(256, 16) { x, _ in [UInt8(x), UInt8(x), UInt8(x)] })
        #expect(grey.greyShare == 1)
        #expect(grey.highestChroma < 0.001)
        let sepia = PixelStatistics(of: Pixels(256, 16) { x, _ in [UInt8(x), UInt8(x * 4 / 5), UInt8(x * 3 / 5)] })
        #expect(sepia.greyShare < 0.3)
        #expect(sepia.hueUnity > 0.98)
        let rainbow = PixelStatistics(
            of: Pixels(3, 1) { x, _ in [[255, 0, 0], [0, 255, 0], [0, 0, 255]][x] })
        #expect(rainbow.greyShare == 0)
        #expect(rainbow.hueUnity < 0.3)
    }

    @Test("Shares are of all pixels")
    func shares() {
        let halves = PixelStatistics(of: Pixels(100, 100) { x, _ in x < 75 ? [10, 10, 10] : [250, 250, 250] })
        #expect(abs(halves.darkShare - 0.75) < 0.001)
        #expect(abs(halves.whiteShare - 0.25) < 0.001)
        #expect(halves.darkest < 0.2 && halves.lightest > 0.97)
        #expect(abs(halves.meanLightness - (halves.darkest * 0.75 + halves.lightest * 0.25)) < 0.001)
    }
}

extension Pixels {
    /// The picture with each value changed.
    fileprivate func mapped(_ change: (Double) -> Double) -> Pixels {
        Pixels(width: width, height: height, rgb: rgb.map { UInt8(change(Double($0)).rounded()) })
    }
}

import CVips
import Domain

@testable import Imaging

/// A picture to make files of.
struct Picture {
    var width: Int
    var height: Int
    var bands = 3
    var interpretation = VIPS_INTERPRETATION_sRGB
    var format = VIPS_FORMAT_UCHAR
    /// The values of one pixel, as bytes.
    var pixel: (_ x: Int, _ y: Int) -> [UInt8]

    /// Four colours: red and green above blue and white.
    static func quadrants(width: Int = 64, height: Int = 48) -> Picture {
        Picture(width: width, height: height) { x, y in
            (y < height / 2 ? (x < width / 2 ? Colour.red : .green) : (x < width / 2 ? .blue : .white)).rgb
        }
    }

    /// One colour all over.
    static func plain(_ pixel: [UInt8], width: Int = 64, height: Int = 48) -> Picture {
        Picture(width: width, height: height, bands: pixel.count) { _, _ in pixel }
    }

    /// The picture as a camera stores it that says it must be turned as this EXIF orientation says (tag 274).
    func stored(_ orientation: UInt16) -> Picture {
        let (right, bottom) = (width - 1, height - 1)
        let turned = orientation > 4
        return Picture(width: turned ? height : width, height: turned ? width : height) { x, y in
            switch orientation {
            case 2: pixel(right - x, y)
            case 3: pixel(right - x, bottom - y)
            case 4: pixel(x, bottom - y)
            case 5: pixel(y, x)
            case 6: pixel(right - y, x)
            case 7: pixel(right - y, bottom - x)
            case 8: pixel(y, bottom - x)
            default: pixel(x, y)
            }
        }
    }

    /// The picture as a file of the kind that `suffix` names, with libvips' options in brackets.
    func file(_ suffix: String) throws -> [UInt8] {
        try withCodec { _ in
            let bytes = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
            let image = bytes.withUnsafeBytes {
                vips_image_new_from_memory_copy(
                    $0.baseAddress, $0.count, Int32(width), Int32(height), Int32(bands), format)
            }
            guard let image else { throw VipsError() }
            image.pointee.Type = interpretation
            return try Raster(owning: image).withFile(suffix) { Array($0) }
        }
    }
}

extension ImageFormat {
    /// How to write files of this format so that colours survive.
    var suffix: String {
        switch self {
        case .jpeg: ".jpg[Q=95]"
        case .webp: ".webp[Q=95]"
        case .heic: ".heic[Q=90]"
        case .avif: ".avif[Q=90]"
        default: ".\(fileExtension)"
        }
    }
}

/// The colours of test pictures, told apart after any compression.
enum Colour: Character, CaseIterable {
    case red = "R"
    case green = "G"
    case blue = "B"
    case white = "W"
    case black = "K"

    var rgb: [UInt8] {
        switch self {
        case .red: [255, 0, 0]
        case .green: [0, 255, 0]
        case .blue: [0, 0, 255]
        case .white: [255, 255, 255]
        case .black: [0, 0, 0]
        }
    }
}

extension Pixels {
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
        let start = (y * width + x) * 3
        return Array(rgb[start..<start + 3])
    }

    /// The colours in the middle of the four quarters, as in "RG/BW".
    var quadrants: String {
        func name(_ x: Int, _ y: Int) -> String {
            let pixel = pixel(x, y)
            func distance(_ colour: Colour) -> Int {
                zip(pixel, colour.rgb).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            }
            let nearest = Colour.allCases.min { distance($0) < distance($1) }
            return nearest.map { distance($0) < 120 ? String($0.rawValue) : "?" } ?? "?"
        }
        let (left, right, top, bottom) = (width / 4, width * 3 / 4, height / 4, height * 3 / 4)
        return name(left, top) + name(right, top) + "/" + name(left, bottom) + name(right, bottom)
    }
}

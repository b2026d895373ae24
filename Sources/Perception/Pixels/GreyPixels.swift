internal import Domain
internal import Inference

/// A picture without colours: rows from the top, 0…255.
struct GreyPixels: Sendable, Equatable {
    let width: Int
    let height: Int
    let values: [Float]
}

extension Pixels {
    /// How bright a part of the picture is, with the weights of ITU-R BT.601.
    func luma(columns: Range<Int>, rows: Range<Int>) -> GreyPixels {
        var values: [Float] = []
        values.reserveCapacity(columns.count * rows.count)
        for y in rows {
            for x in columns {
                let place = (y * width + x) * 3
                values.append(
                    0.299 * Float(rgb[place]) + 0.587 * Float(rgb[place + 1]) + 0.114 * Float(rgb[place + 2]))
            }
        }
        return GreyPixels(width: columns.count, height: rows.count, values: values)
    }

    /// How bright the picture is.
    var luma: GreyPixels { luma(columns: 0..<width, rows: 0..<height) }
}

extension Tensor {
    /// A picture without its colours as `[1, 1, height, width]`, each number `(pixel - mean) × scale`.
    init(grey picture: Pixels, mean: Float, scale: Float) {
        self.init(
            shape: [1, 1, picture.height, picture.width], values: picture.luma.values.map { ($0 - mean) * scale })
    }
}

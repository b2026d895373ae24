internal import Domain

/// The share of each cell's pixels, 0…1, where a picture changes sharply in one direction.
struct SharpChanges: Sendable, Equatable {
    /// Where it gets lighter.
    private(set) var rises: CellGrid
    /// Where it gets darker.
    private(set) var falls: CellGrid

    /// By how much two pixels with one between them differ when it is sharp, of 255.
    private static let sharpness: Int16 = 32

    /// The changes to the right and those downwards, in cells with sides of `cell` pixels; what is left over at the right
    /// and lower side beyond whole cells is not looked at.
    static func acrossAndDown(_ picture: Pixels, cell: Int) -> (across: SharpChanges, down: SharpChanges) {
        let grey = picture.bytesOfLuma()
        let width = picture.width
        let grid = CellGrid(columns: width / cell, rows: picture.height / cell)
        var (across, down) = (SharpChanges(rises: grid, falls: grid), SharpChanges(rises: grid, falls: grid))
        func line(_ y: Int) -> ArraySlice<UInt8> { grey[(y * width)..<((y + 1) * width)] }
        for row in 0..<grid.rows {
            var (level, upright) = (Counts(width: width), Counts(width: width))
            for y in (row * cell)..<((row + 1) * cell) {
                level.add(from: line(y).dropLast(2), to: line(y).dropFirst(2), at: 1)
                if y > 0, y + 1 < picture.height { upright.add(from: line(y - 1), to: line(y + 1), at: 0) }
            }
            across.set(row, to: level, cell: cell)
            down.set(row, to: upright, cell: cell)
        }
        return (across, down)
    }

    private mutating func set(_ row: Int, to counts: Counts, cell: Int) {
        for column in 0..<rises.columns {
            let columns = (column * cell)..<((column + 1) * cell)
            rises[column, row] = Float(counts.rises[columns].reduce(0) { $0 + Int($1) }) / Float(cell * cell)
            falls[column, row] = Float(counts.falls[columns].reduce(0) { $0 + Int($1) }) / Float(cell * cell)
        }
    }

    /// How often it changes in each column of a row of cells. By columns of pixels, as the processor counts many of those
    /// at a time.
    private struct Counts {
        var rises: [UInt8]
        var falls: [UInt8]

        init(width: Int) {
            rises = [UInt8](repeating: 0, count: width)
            falls = rises
        }

        /// Counts the changes from one row of pixels to another of the same length; they begin in the column `start`.
        mutating func add(from first: ArraySlice<UInt8>, to second: ArraySlice<UInt8>, at start: Int) {
            first.withUnsafeBufferPointer { first in
                second.withUnsafeBufferPointer { second in
                    rises.withUnsafeMutableBufferPointer { rises in
                        falls.withUnsafeMutableBufferPointer { falls in
                            for column in 0..<min(first.count, second.count) {
                                let change = Int16(second[column]) - Int16(first[column])
                                rises[start + column] &+= change > sharpness ? 1 : 0
                                falls[start + column] &+= change < -sharpness ? 1 : 0
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Pixels {
    /// How bright each pixel is, with the weights of ITU-R BT.601 in 256ths.
    fileprivate func bytesOfLuma() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: width * height) { grey, count in
            rgb.withUnsafeBufferPointer { rgb in
                for pixel in 0..<(width * height) {
                    let (red, green, blue) = (rgb[pixel * 3], rgb[pixel * 3 + 1], rgb[pixel * 3 + 2])
                    grey[pixel] = UInt8((77 * UInt32(red) + 150 * UInt32(green) + 29 * UInt32(blue)) >> 8)
                }
            }
            count = width * height
        }
    }
}

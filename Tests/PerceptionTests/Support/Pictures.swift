import Domain

extension Pixels {
    /// A picture whose pixels are calculated from their column and row.
    init(_ width: Int, _ height: Int, colour: (Int, Int) -> SIMD3<UInt8>) {
        var rgb: [UInt8] = []
        rgb.reserveCapacity(width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                let colour = colour(x, y)
                rgb += [colour.x, colour.y, colour.z]
            }
        }
        self.init(width: width, height: height, rgb: rgb)
    }

    /// A picture of one colour.
    static func plain(_ colour: SIMD3<UInt8>, width: Int = 64, height: Int = 64) -> Pixels {
        Pixels(width, height) { _, _ in colour }
    }
}

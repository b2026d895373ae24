extension PixelPoint {
    /// How far it is to another point, in pixels.
    func distance(to other: PixelPoint) -> Double {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
}

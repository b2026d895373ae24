import CVips

extension Raster {
    /// Turned and mirrored as its EXIF orientation says.
    func upright() throws(VipsError) -> Raster {
        try applying(imaging_autorot)
    }

    /// Resampled to about a size, cheaply, where that is worth the work.
    func shrunk(toWidth width: Double, height: Double) throws(VipsError) -> Raster {
        guard Double(self.width) >= width * 1.5 else { return self }
        return try resized(width: Int(width.rounded(.up)), height: Int(height.rounded(.up)))
    }

    /// Resampled to a size: Lanczos-3 with antialiasing when smaller, bicubic when larger.
    func resized(width: Int, height: Int) throws(VipsError) -> Raster {
        let (horizontal, vertical) = (Double(width) / Double(self.width), Double(height) / Double(self.height))
        return try applying { imaging_resize($0, $1, horizontal, vertical) }
    }

    /// The square in the middle that is as long as a share (0…1) of the shorter side, but at least one pixel.
    func centreSquare(share: Double) throws(VipsError) -> Raster {
        let side = max(1, Int((Double(min(width, height)) * min(1, share)).rounded()))
        let (left, top) = (Int32((width - side) / 2), Int32((height - side) / 2))
        return try applying { imaging_crop($0, $1, left, top, Int32(side), Int32(side)) }
    }
}

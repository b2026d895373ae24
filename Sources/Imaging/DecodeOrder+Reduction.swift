import Domain

extension DecodeOrder {
    /// How many times smaller than the upright picture it may be decoded so that everything ordered can still be made
    /// from it well. At least 1.
    func reduction(width: Int, height: Int) -> Double {
        let scales = views.map { $0.scale(width: width, height: height) }
        let thumbnail = thumbnailSide.map { Double($0) / Double(max(width, height)) }
        let scale = (scales + [thumbnail ?? 0]).max() ?? 0
        // Never to nothing.
        return max(1, min(Double(min(width, height)), 1 / (scale * Self.headroom)))
    }

    /// The view that everything smaller may be made from: the largest that shows the whole picture as it is.
    var workingView: PictureView? {
        views.filter { $0.part == .whole }.max { $0.side < $1.side }
    }

    /// How many times larger than an output a picture must be to make it from, for a good filter to finish what a cheap
    /// one began.
    ///
    /// Measured on a photo of 12 megapixels as JPEG files of several sizes, shown at 1280, against Lanczos on every
    /// pixel: 1.25 costs at most 12 dB and stays above 42 dB (Pillow's bicubic filter has 44, its bilinear 37). At 1 a
    /// picture of 2,560 falls to 39 dB; 1.5 and 2 gain little and have 8 and 12 megapixels decoded in full, for 60 %
    /// more time.
    static let headroom = 1.25

    /// The size of the thumbnail of a picture of this size: never larger than it, and no side below one pixel.
    static func thumbnailSize(width: Int, height: Int, side: Int) -> (width: Int, height: Int) {
        let scale = min(1, Double(side) / Double(max(width, height)))
        return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
    }
}

extension PictureView {
    /// How large the view shows an upright picture of this size; where it squeezes it, along the side that it squeezes
    /// least.
    func scale(width: Int, height: Int) -> Double {
        let (shorter, longer) = (Double(min(width, height)), Double(max(width, height)))
        return switch part {
        case .centreSquare(let share): Double(side) / max(1, shorter * min(1, share))
        case .stretched: Double(side) / shorter
        case .whole: min(1, Double(side) / longer)
        }
    }
}

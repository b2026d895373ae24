internal import Domain

extension Pixels {
    /// The picture on a larger sheet, with its top left corner at `left` and `top`; the rest is `grey`.
    func padded(width: Int, height: Int, left: Int = 0, top: Int = 0, grey: UInt8 = 0) -> Pixels {
        precondition(
            left >= 0 && top >= 0 && width >= left + self.width && height >= top + self.height,
            "a sheet is no smaller than what lies on it")
        if width == self.width, height == self.height { return self }
        var sheet = [UInt8](repeating: grey, count: width * height * 3)
        for y in 0..<self.height {
            let start = ((top + y) * width + left) * 3
            sheet.replaceSubrange(
                start..<(start + self.width * 3),
                with: rgb[(y * self.width * 3)..<((y + 1) * self.width * 3)])
        }
        return Pixels(width: width, height: height, rgb: sheet)
    }

    /// The picture in its own proportions with `side` as its longest side; as it is when that would enlarge it.
    func fitted(within side: Int) -> Pixels {
        let longest = max(width, height)
        guard longest > side else { return self }
        func shrunk(_ length: Int) -> Int { max((length * side + longest / 2) / longest, 1) }
        return resampled(width: shrunk(width), height: shrunk(height))
    }
}

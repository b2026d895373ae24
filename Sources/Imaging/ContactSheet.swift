import Domain

/// Makes everything that is ordered from one decoded picture, each thing from the smallest pixels that suffice.
struct ContactSheet {
    /// The upright picture in memory, in its own colours.
    private let picture: Raster
    /// The working view in memory, in sRGB, where one is ordered: most things are made from it for a fraction of the
    /// work.
    private let working: (view: PictureView, raster: Raster)?
    private let facts: PictureFacts

    init(of picture: Raster, _ facts: PictureFacts, for order: DecodeOrder) throws(VipsError) {
        self.picture = picture
        self.facts = facts
        working = try order.workingView.map { view throws(VipsError) in
            (view, try Self.whole(of: picture, facts, side: view.side).inMemory())
        }
    }

    /// The pixels of a view.
    func view(_ view: PictureView) throws(VipsError) -> Raster {
        if let working, working.view == view { return working.raster }
        let source = source(at: view.scale(width: facts.width, height: facts.height))
        switch view.part {
        case .centreSquare(let share):
            return try source.centreSquare(share: share).resized(width: view.side, height: view.side).inSRGB()
        case .stretched:
            return try source.resized(width: view.side, height: view.side).inSRGB()
        case .whole:
            return try Self.whole(of: source, facts, side: view.side)
        }
    }

    /// The whole picture, its longest side `side` or less.
    func thumbnail(side: Int) throws(VipsError) -> Raster {
        let scale = Double(side) / Double(max(facts.width, facts.height))
        return try Self.whole(of: source(at: scale), facts, side: side)
    }

    /// What something of this scale is made from.
    private func source(at scale: Double) -> Raster {
        guard let working else { return picture }
        let held = working.view.scale(width: facts.width, height: facts.height)
        // Where nothing is larger, the working view is as good as the picture.
        return held >= min(1, scale * DecodeOrder.headroom) ? working.raster : picture
    }

    private static func whole(of source: Raster, _ facts: PictureFacts, side: Int) throws(VipsError) -> Raster {
        let size = DecodeOrder.thumbnailSize(width: facts.width, height: facts.height, side: side)
        return try source.resized(width: size.width, height: size.height).inSRGB()
    }
}

/// What a decoder says of one decode: the facts, and where in its output it put what was ordered.
///
/// It crosses the border between processes as JSON, and comes from code that has met hostile bytes: ask ``fits(_:)``.
public struct DecodeReport: Sendable, Equatable, Codable {
    /// What the file says of itself.
    public var facts: PictureFacts
    /// The bytes of the output that are the thumbnail, a WebP file.
    public var thumbnail: Range<Int>?
    /// The pixels of each ordered view, in the order of the order.
    public var views: [View]

    /// Where in the output a view's pixels are, and how they lie.
    public struct View: Sendable, Equatable, Codable {
        /// Pixels in a row.
        public var width: Int
        /// Rows.
        public var height: Int
        /// The bytes of the output.
        public var bytes: Range<Int>

        /// Describes a view.
        public init(width: Int, height: Int, bytes: Range<Int>) {
            self.width = width
            self.height = height
            self.bytes = bytes
        }

        /// Whether this can be the answer to an ordered view.
        fileprivate func fits(_ view: PictureView) -> Bool {
            let sides = 1...view.side
            guard sides.contains(width), sides.contains(height), bytes.count == width * height * 3 else { return false }
            return view.part == .whole || (width == view.side && height == view.side)
        }
    }

    /// Puts a report together.
    public init(facts: PictureFacts, thumbnail: Range<Int>?, views: [View]) {
        self.facts = facts
        self.thumbnail = thumbnail
        self.views = views
    }

    /// Whether this is an answer to `order`: everything there, each of its size, and inside the output.
    public func fits(_ order: DecodeOrder) -> Bool {
        (thumbnail == nil) == (order.thumbnailSide == nil)
            && views.count == order.views.count && zip(views, order.views).allSatisfy { $0.fits($1) }
            && (views.map(\.bytes) + (thumbnail.map { [$0] } ?? [])).allSatisfy {
                $0.lowerBound >= 0 && $0.upperBound <= order.outputCapacity && !$0.isEmpty
            }
            && facts.width > 0 && facts.height > 0 && (1...8).contains(facts.orientation)
    }
}

/// What a decoder answers: a report, or why the picture cannot be decoded.
public enum DecodeAnswer: Sendable, Equatable, Codable {
    /// It is decoded.
    case report(DecodeReport)
    /// It is at fault and will be tomorrow.
    case failure(Failure)
}

extension PictureView {
    /// The most bytes that the view's pixels take.
    public var byteCount: Int { side * side * 3 }
}

extension DecodeOrder {
    /// The room in bytes that everything ordered needs; for the thumbnail more than any WebP file of its size takes.
    public var outputCapacity: Int {
        let thumbnail = thumbnailSide.map { $0 * $0 * 4 + 65_536 } ?? 0
        return views.reduce(thumbnail) { $0 + $1.byteCount }
    }
}

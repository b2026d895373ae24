internal import Domain

/// Where a picture has strokes side by side, as writing has: the cheap look that saves the dear one where there are none.
///
/// The picture is divided into cells of 16 pixels. Along a line of writing it gets lighter as often as it gets darker,
/// sharply both times, and above and below the line it does not. So the score of a cell is the share of pixels with a
/// sharp rise or with a sharp fall, the smaller of both, in the mean over three cells along the line, less most of what
/// the neighbourhood of 5 × 5 cells has of it anyway; the larger of the scores for level and for upright lines.
struct StrokeMap: Sendable {
    /// The side of a cell, in pixels of the picture.
    static let cell = 16
    /// The score from which on a cell may hold writing.
    ///
    /// Set on one half of 358 pictures with text by SHA-256: 170 photos, pages and screenshots, and 188 photos into which
    /// faint words with capitals of 8 to 48 pixels (of 1280) were painted. On the other half the part holds all lines of
    /// 99.4 in 100, and of all that were not painted. Read through, 184 of the 188 painted words are still read (172 of
    /// the 174 from 10 pixels on), and of the real ones all but some single letters. On 120 photos without text, finding
    /// takes a third of the time it takes everywhere.
    static let threshold: Float = 0.035
    /// How much of the neighbourhood's mean is taken off. All of it would lose writing that fills the picture.
    private static let neighbourhood: Float = 0.8

    /// The score of each cell.
    let scores: CellGrid

    /// Looks at a picture; what is left over at its right and lower side beyond whole cells is not looked at.
    init(_ picture: Pixels) {
        let (across, down) = SharpChanges.acrossAndDown(picture, cell: Self.cell)
        let level = Self.score(across, width: 3, height: 1)
        let upright = Self.score(down, width: 1, height: 3)
        scores = level.combined(with: upright, max)
    }

    private static func score(_ changes: SharpChanges, width: Int, height: Int) -> CellGrid {
        // Broad strokes may begin in one cell and end in the next.
        let both = changes.rises.mean(width: width, height: height)
            .combined(with: changes.falls.mean(width: width, height: height), min)
        return both.mean(width: width, height: height)
            .combined(with: both.mean(width: 5, height: 5)) { $0 - neighbourhood * $1 }
    }

    /// The part of the picture that holds all cells which may hold writing, with a margin, in pixels; `nil` when none may.
    var part: Area? {
        var (left, top, right, bottom) = (scores.columns, scores.rows, 0, 0)
        for row in 0..<scores.rows {
            for column in 0..<scores.columns where scores[column, row] >= Self.threshold {
                (left, right) = (min(left, column), max(right, column + 1))
                (top, bottom) = (min(top, row), max(bottom, row + 1))
            }
        }
        guard left < right else { return nil }
        // A line's faint end is within three cells of what can be seen of it; the network wants some ground round it.
        (left, top) = (max(left - 4, 0), max(top - 4, 0))
        (right, bottom) = (min(right + 4, scores.columns), min(bottom + 4, scores.rows))
        func pixels(_ cells: Int) -> Double { Double(cells * Self.cell) }
        return Area(
            left: pixels(left), top: pixels(top), width: pixels(right - left), height: pixels(bottom - top))
    }
}

internal import Domain

/// What the tasks saw that labels are made of. It is kept apart until all have looked, so that what one model sees can
/// overrule another: `LabelMerging` makes the labels.
struct Evidence: Sendable {
    /// The label model's belief in each of its classes, 0…1, together 1; empty when it did not look.
    var classes: [Double] = []
    /// How likely the picture is of each kind that is known, as log odds; empty without the model for kinds.
    var kinds: [String: Double] = [:]
    /// Things that were found with a box.
    var things: [Thing] = []
    /// What else the whole picture was said to be: by a classifier of somebody's own.
    var statements: [Statement] = []
    /// Light and colours.
    var statistics: PixelStatistics?

    /// A thing with a box.
    struct Thing: Sendable {
        /// Its class, as the detector calls it.
        var name: String
        /// Where, and how sure the detector is, 0…1.
        var box: Box
        var score: Double
        /// Whether other evidence has a say in how sure it is. What a detector of somebody's own says is taken as it is:
        /// nothing is known of its classes.
        var isWeighed: Bool
    }

    /// A class of the whole picture.
    struct Statement: Sendable {
        /// As the classifier calls it.
        var name: String
        /// 0…1.
        var confidence: Double
    }

    /// How likely the picture is anything but a photo of things: a page, a screenshot, a drawing, a pattern. Log odds; 0
    /// when nothing is known.
    var graphics: Double {
        ["Document", "Screenshot", "Illustration", "Abstract"].compactMap { kinds[$0] }.max() ?? 0
    }
}

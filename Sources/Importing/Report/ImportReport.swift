public import Domain

/// What became of the files of an import.
public struct ImportReport: Sendable, Equatable, Codable {
    /// Files taken in hand.
    public var files = 0
    /// Photos that were not there.
    public var new = 0
    /// Photos that were there with the same bytes: nothing was sent.
    public var present = 0
    /// Photos that were there with other bytes.
    public var replaced = 0
    /// Photos that are in and were not looked at yet.
    public var waiting = 0
    /// What is no picture, or left out on purpose, by reason.
    public var leftOut: [Reason] = []
    /// Pictures that were not taken in, by reason.
    public var refused: [Reason] = []
    /// What could not be read, or not be looked at, by reason.
    public var failed: [Reason] = []
    /// Why it ended early; `nil` when every file was seen to.
    public var stopped: String?
    /// What there is in the bucket now.
    public var library: SummaryDocument?

    /// Whether every picture is where it should be.
    public var isWell: Bool { refused.isEmpty && failed.isEmpty && stopped == nil }

    /// Files that share a reason.
    public struct Reason: Sendable, Equatable, Codable {
        /// For programs.
        public var code: String
        /// For people.
        public var message: String
        /// How many files.
        public var count = 0
        /// The files, or the first of them.
        public var files: [String] = []

        init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// How a file did not make it.
    enum Fate {
        case leftOut, refused, failed
    }

    /// How a file made it.
    enum Storing {
        case new, present, replaced
    }
}

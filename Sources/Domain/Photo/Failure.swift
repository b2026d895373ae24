/// Why a photo could not be looked at: a code for programs, a sentence for people.
public struct Failure: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// What went wrong, for programs.
    public let code: Code
    /// What went wrong and what to do about it, for people.
    public let message: String
    /// What a library said of it, for the log. Only a decoder sets it; it is neither kept nor shown.
    public let detail: String?

    /// Describes a failure.
    public init(_ code: Code, _ message: String, detail: String? = nil) {
        self.code = code
        self.message = message
        self.detail = detail
    }

    /// The sentence with its code.
    public var description: String { "\(message) (\(code.rawValue))" }

    /// The codes of failures; open, so that a later version's codes can still be read.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The code as it is written in JSON.
        public let rawValue: String

        /// Any code.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The bytes are no picture of any kind known here.
        public static let notAnImage = Code(rawValue: "not_an_image")
        /// A picture, but of a kind that is not accepted (SVG, PDF…).
        public static let unsupportedFormat = Code(rawValue: "unsupported_format")
        /// The file ends before the picture does, or its data is damaged.
        public static let damaged = Code(rawValue: "damaged")
        /// More pixels than the limit.
        public static let tooManyPixels = Code(rawValue: "too_many_pixels")
        /// The decoder was killed or crashed each time it was tried.
        public static let decoderCrashed = Code(rawValue: "decoder_crashed")
        /// Decoding took longer, or more memory, than the limit.
        public static let decodeLimit = Code(rawValue: "decode_limit")
        /// Each time it was looked at, the lane that did so was not heard of again.
        public static let interrupted = Code(rawValue: "interrupted")
        /// The original is no longer where it was put.
        public static let originalMissing = Code(rawValue: "original_missing")
        /// What was found before cannot be looked for any more.
        public static let analysisLost = Code(rawValue: "analysis_lost")
        /// The file or folder cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")

        /// The codes of photos that were given up after some tries, not because of what they are: another day, or
        /// another version, may see them.
        public static let givenUp: Set<Code> = [.decoderCrashed, .decodeLimit, .interrupted]
    }
}

/// The name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, as S3 has it.
public struct BucketName: Hashable, Sendable, WrittenAsText {
    /// The name as given.
    public let description: String

    /// The bucket that pictures go to when nobody names another.
    public static let incoming = BucketName(unchecked: "incoming")
    /// Where anybody may put a picture in to hear what is in it.
    public static let `public` = BucketName(unchecked: "public")
    /// Where the owner is told by e-mail what is in a picture, and the picture goes.
    public static let `private` = BucketName(unchecked: "private")
    /// A collection to keep, with the people in it.
    public static let images = BucketName(unchecked: "images")

    /// What a name may be, for whoever wrote something else.
    public static let rule = "3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit first and last"

    /// Accepts a legal name; `nil` for anything else.
    public init?(_ text: String) {
        let isLegal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        let edges = [text.first, text.last].compactMap { $0 }
        guard (3...63).contains(text.utf8.count), isLegal, edges.allSatisfy({ $0 != "-" && $0 != "." }) else {
            return nil
        }
        description = text
    }

    private init(unchecked text: String) {
        description = text
    }
}

/// The name of a photo in its bucket, as the client gave it: `?key=`, the file name of a form, the key of S3.
///
/// A key is data, never a path: `../../x` is a legal key and touches no file of that name.
public struct PhotoKey: Hashable, Sendable, WrittenAsText {
    /// The longest key, in UTF-8 bytes; the limit of S3.
    public static let maximumBytes = 1024

    /// The key as given.
    public let description: String

    /// What a key may be, for whoever wrote something else.
    public static let rule = "1 to \(maximumBytes) bytes without control characters"

    /// Accepts 1 to 1,024 bytes without control characters; `nil` for anything else.
    public init?(_ text: String) {
        let isPrintable = !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard !text.isEmpty, text.utf8.count <= Self.maximumBytes, isPrintable else { return nil }
        description = text
    }

    private init(unchecked text: String) {
        description = text
    }

    /// The key of a photo that came without one: `<id>.<ext>`.
    public init(_ id: PhotoID, _ format: ImageFormat) {
        self.init(unchecked: "\(id).\(format.fileExtension)")
    }
}

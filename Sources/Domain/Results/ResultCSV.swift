/// Rows of the table of results as CSV (RFC 4180): one line a photo, ended by CR LF, quoted where it must be.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front, for keys and what is read in pictures
/// may be anybody's.
public enum ResultCSV {
    /// The first line.
    public static var header: String { line(columns.map(\.name)) }

    /// The line of one photo.
    public static func line(of photo: PhotoDocument) -> String {
        line(columns.map { $0.value(photo) })
    }

    private struct Column {
        let name: String
        let value: @Sendable (PhotoDocument) -> String
    }

    private static let columns: [Column] = [
        Column(name: "photo") { $0.id?.description ?? "" },
        Column(name: "bucket") { $0.bucket?.description ?? "" },
        Column(name: "key") { text($0.key?.description) },
        Column(name: "status") { $0.status.rawValue },
        Column(name: "received") { $0.createdAt ?? "" },
        Column(name: "settled") { $0.settledAt ?? "" },
        Column(name: "erased") { $0.erasedAt ?? "" },
        Column(name: "taken") { $0.takenAt.map { $0.local + ($0.offset ?? "") } ?? "" },
        Column(name: "latitude") { $0.location.map { "\($0.latitude)" } ?? "" },
        Column(name: "longitude") { $0.location.map { "\($0.longitude)" } ?? "" },
        Column(name: "camera") { text($0.camera) },
        Column(name: "format") { $0.format?.rawValue ?? "" },
        Column(name: "width") { $0.width.map { "\($0)" } ?? "" },
        Column(name: "height") { $0.height.map { "\($0)" } ?? "" },
        Column(name: "bytes") { $0.bytes.map { "\($0)" } ?? "" },
        Column(name: "sha256") { $0.sha256 ?? "" },
        Column(name: "labels") { text($0.analysis?.labels.map { named($0.name, $0.confidence) }.listed) },
        Column(name: "faces") { $0.analysis.map { "\($0.faces.count)" } ?? "" },
        Column(name: "face_details") { text($0.analysis?.faces.map(\.inWords).listed) },
        Column(name: "moderation") { text($0.analysis?.moderation.map { named($0.name, $0.confidence) }.listed) },
        Column(name: "text") { text($0.analysis?.text.filter { $0.type == .line }.map(\.text).listed) },
        Column(name: "error") { text($0.error?.message) },
    ]

    private static func named(_ name: String, _ confidence: Double) -> String {
        "\(name) \((confidence * 10).rounded() / 10)"
    }

    private static func text(_ text: String?) -> String {
        guard let text, let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text ?? ""
        }
        return "'" + text
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { byte in
            [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte)
        }
        return needsQuotes ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
    }
}

extension [String] {
    fileprivate var listed: String { joined(separator: "; ") }
}

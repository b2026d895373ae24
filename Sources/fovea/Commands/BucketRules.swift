import ArgumentParsing
import Domain
import Foundation

/// The rules that the options of `fovea buckets` name, as the JSON that changes a bucket.
struct BucketRules: Encodable {
    var retention: Retention?
    private var analyses: [String]?
    private var notify: [String]?
    private var origins: [String]?
    private var upload: String?
    private var view: String?
    private var allowance: Allowance?
    private var limits: Limits?

    private struct Allowance: Encodable, Equatable {
        var perMinute: Int?
        var perDay: Int?
    }

    private struct Limits: Encodable, Equatable {
        var maxLabels: Int?
        var minConfidence: Double?
    }

    /// Reads the options; throws what is wrong with one.
    init(_ arguments: Arguments) throws(UsageError) {
        if let text = arguments.text("--retention") {
            guard let rule = Retention(text) else {
                throw UsageError("--retention takes \(Retention.rule), not “\(text)”")
            }
            retention = rule
        }
        analyses = try Self.list(
            "--analyses", arguments, taking: AnalysisKind.allCases.map(\.rawValue).joined(separator: ", ")
        ) {
            AnalysisKind(rawValue: $0) != nil
        }
        notify = try Self.list("--notify", arguments, taking: Recipient.rule) { Recipient($0) != nil }
        origins = try Self.list("--origins", arguments, taking: WebOrigin.rule) { WebOrigin($0) != nil }
        upload = try Self.word("--upload", arguments, of: UploadAccess.allCases.map(\.rawValue))
        view = try Self.word("--view", arguments, of: ViewAccess.allCases.map(\.rawValue))
        let allowed = Allowance(
            perMinute: try arguments.integer("--per-minute", in: 1...UploadAllowance.most),
            perDay: try arguments.integer("--per-day", in: 1...UploadAllowance.most))
        if allowed != Allowance() { allowance = allowed }
        let shown = Limits(
            maxLabels: try arguments.integer("--max-labels", in: 0...1000),
            minConfidence: try arguments.number("--min-confidence", in: 0...100))
        if shown != Limits() { limits = shown }
    }

    /// Whether nothing is said.
    var isEmpty: Bool {
        let lists = [analyses, notify, origins].allSatisfy { $0 == nil }
        return lists && [upload, view, retention?.description].allSatisfy { $0 == nil } && allowance == nil
            && limits == nil
    }

    /// The rules as a merge patch.
    func json() throws -> Data {
        try JSONEncoder().encode(self)
    }

    /// The entries of all that was given, between commas; `none` is an empty list.
    private static func list(
        _ option: String, _ arguments: Arguments, taking rule: String, accepts: (String) -> Bool
    ) throws(UsageError) -> [String]? {
        let given = arguments.texts(option)
        guard !given.isEmpty else { return nil }
        let entries = given.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
        if entries == ["none"] { return [] }
        if let wrong = entries.first(where: { !accepts($0) }) {
            throw UsageError("\(option) takes \(rule); or none. “\(wrong)” is none of these")
        }
        return entries
    }

    private static func word(
        _ option: String, _ arguments: Arguments, of words: [String]
    ) throws(UsageError) -> String? {
        guard let word = arguments.text(option) else { return nil }
        guard words.contains(word) else {
            throw UsageError("\(option) takes \(words.joined(separator: ", ")), not “\(word)”")
        }
        return word
    }
}

import Domain
import HTTPServer

extension JSONForm {
    /// What can be said of a bucket.
    static let bucket = JSONForm(
        name: "a bucket",
        rules: [
            "name": "the bucket's name, \(BucketName.rule)",
            "upload": words(UploadAccess.allCases),
            "view": words(ViewAccess.allCases),
            "analyses": "a list of \(AnalysisKind.allCases.map(\.rawValue).joined(separator: ", "))",
            "retention": Retention.rule,
            "notify": "a list, each \(Recipient.rule)",
            "origins": "a list, each \(WebOrigin.rule)",
            "allowance": "an object with perMinute and perDay",
            "allowance.perMinute": "a whole number from 1 to \(UploadAllowance.most)",
            "allowance.perDay": "a whole number from 1 to \(UploadAllowance.most)",
            "limits": "an object with maxLabels and minConfidence",
            "limits.maxLabels": "a whole number from 0 to 1000",
            "limits.minConfidence": "a number from 0 to 100",
        ], ignored: ["holds"])

    /// The bucket that a document describes, of this name.
    func bucket(_ document: JSONValue, named name: BucketName) throws -> Bucket {
        guard case .object(var fields) = document else { throw problem(at: "name", document) }
        if let said = fields["name"], said != .text(name.description) {
            throw Problem(
                .badRequest, code: "bad_parameter",
                "“name” says “\(said.shown)” and the path “\(name)”. A bucket cannot be renamed: make another.")
        }
        fields["name"] = .text(name.description)
        var bucket = try value(Bucket.self, of: .object(fields))
        // Who is named twice is told once.
        bucket.notify = bucket.notify.withoutRepetitions
        bucket.origins = bucket.origins.withoutRepetitions
        let limits: [(String, Bool)] = [
            ("allowance.perMinute", (1...UploadAllowance.most).contains(bucket.allowance.perMinute)),
            ("allowance.perDay", (1...UploadAllowance.most).contains(bucket.allowance.perDay)),
            ("limits.maxLabels", (0...1000).contains(bucket.limits.maxLabels)),
            ("limits.minConfidence", (0...100).contains(bucket.limits.minConfidence)),
            ("notify", bucket.notify.count <= Self.longestList), ("origins", bucket.origins.count <= Self.longestList),
        ]
        for (field, holds) in limits where !holds {
            guard ["notify", "origins"].contains(field) else { throw problem(at: field, document[field]) }
            throw Problem(
                .badRequest, code: "bad_parameter", "“\(field)” takes at most \(Self.longestList) entries.")
        }
        return bucket
    }

    private static let longestList = 100

    private static func words<Words: RawRepresentable>(_ all: [Words]) -> String where Words.RawValue == String {
        let names = all.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }
}

extension Array where Element: Hashable {
    /// The elements in their order, each once.
    var withoutRepetitions: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

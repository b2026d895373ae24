internal import Domain
internal import Foundation

/// The labels that can be given, and how the model's classes add up to them. Read from `labels.json`, which
/// `Models/pull.py` builds from WordNet and this project's own tables.
struct Vocabulary: Sendable {
    private struct Entry: Sendable, Decodable {
        let name: String
        let parents: [String]
    }

    private struct Document: Decodable {
        let format: Int
        let labels: [Entry]
        let classes: [Int]
    }

    private let entries: [Entry]
    /// For each class of the model, the labels that hold when it does: its own and everything that is a kind of.
    private let holding: [[Int]]

    /// How many classes the model must have.
    var classCount: Int { holding.count }

    /// Reads the vocabulary; throws when it is damaged or of another version.
    init(json: Data) throws(UnavailableError) {
        let remade = "run `make models` to make it anew"
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: json)
        } catch {
            throw UnavailableError(description: "labels.json cannot be read; \(remade)")
        }
        guard document.format == 1 else {
            throw UnavailableError(description: "labels.json has format \(document.format), not 1; \(remade)")
        }
        let numbers = Dictionary(
            document.labels.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var holding: [[Int]] = []
        for label in document.classes {
            guard document.labels.indices.contains(label) else {
                throw UnavailableError(description: "labels.json names a label it does not have; \(remade)")
            }
            holding.append([label] + document.labels[label].parents.compactMap { numbers[$0] })
        }
        entries = document.labels
        self.holding = holding
    }

    /// The labels of a picture, surest first and the more specific first among equals: a label's confidence is the sum
    /// over all classes that are a kind of it, so it is never surer than what it is a kind of. Labels below `floor` are
    /// left out.
    ///
    /// `probabilities` holds one for each class; confidences are 0…100 with two decimals.
    func labels(probabilities: [Double], floor: Double = LabelLimits.floor) -> [Label] {
        var sums = [Double](repeating: 0, count: entries.count)
        for (probability, labels) in zip(probabilities, holding) {
            for label in labels {
                sums[label] += probability
            }
        }
        let found = zip(entries, sums).compactMap { entry, sum -> Label? in
            let confidence = min((sum * 10_000).rounded() / 100, 100)
            return confidence >= floor ? Label(name: entry.name, confidence: confidence, parents: entry.parents) : nil
        }
        return found.ranked()
    }

    /// What a label is a kind of, nearest first; `nil` for a label it does not have.
    func parents(of name: String) -> [String]? {
        entries.first { $0.name == name }?.parents
    }
}

extension [Label] {
    /// The labels surest first, and the more specific first among equals.
    func ranked() -> [Label] {
        // A label has more parents than any of its parents has.
        sorted {
            ($0.confidence, $0.parents.count, $1.name) > ($1.confidence, $1.parents.count, $0.name)
        }
    }
}

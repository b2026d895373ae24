internal import Domain
internal import Foundation

/// The labels that can be given, and how the model's classes add up to them. Read from `labels.json`, which
/// `Models/pull.py` builds from WordNet and this project's own tables.
struct Vocabulary: Sendable {
    /// A label as the vocabulary has it.
    struct Entry: Sendable, Decodable {
        let name: String
        /// What it is a kind of, nearest first, all the way up.
        let parents: [String]
        /// What else people call it.
        let aliases: [String]?
        /// The categories it belongs to.
        let categories: [String]?
    }

    private struct Document: Decodable {
        let format: Int
        let labels: [Entry]
        let classes: [Int]
    }

    let entries: [Entry]
    /// For each class of the model, the labels that hold when it does: its own and everything that is a kind of.
    private let holding: [[Int]]
    private let numbers: [String: Int]
    private let names: [String: String]
    private let specific: Set<Int>
    private let classed: Set<Int>

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
        guard document.format == 2 else {
            throw UnavailableError(description: "labels.json has format \(document.format), not 2; \(remade)")
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
        self.numbers = numbers
        let names = entries.flatMap { entry in ([entry.name] + (entry.aliases ?? [])).map { ($0, entry.name) } }
        self.names = Dictionary(names.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
        let above = Set(entries.flatMap(\.parents))
        specific = Set(entries.indices.filter { !above.contains(document.labels[$0].name) })
        classed = Set(holding.joined())
    }
}

extension Vocabulary {
    /// How much of the model's belief falls on each label, by number: that of all classes that are a kind of it, so it is
    /// never more for a label than for what that is a kind of. `probabilities` holds one for each class.
    func masses(_ probabilities: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: entries.count)
        for (probability, labels) in zip(probabilities, holding) {
            for label in labels { sums[label] += probability }
        }
        return sums.map { min($0, 1) }
    }

    /// The number of a label.
    func number(of name: String) -> Int? { numbers[name] }

    /// Whether nothing is a kind of the label.
    func isSpecific(_ number: Int) -> Bool { specific.contains(number) }

    /// Whether the model has classes that are this label, or a kind of it.
    func hasClasses(_ name: String) -> Bool { numbers[name].map(classed.contains) ?? false }

    /// What a label is a kind of, nearest first; empty for one that the vocabulary does not have.
    func parents(of name: String) -> [String] {
        numbers[name].map { entries[$0].parents } ?? []
    }

    /// The label for what another model calls a class: the one of that name or alias, else the class's own name in title
    /// case.
    func label(of name: String) -> String {
        let words = name.split { $0 == " " || $0 == "_" }
        if let known = names[words.joined(separator: " ").lowercased()] { return known }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    /// A label of this name, with all that is known of it and no confidence yet.
    func described(_ name: String) -> Label {
        guard let entry = numbers[name].map({ entries[$0] }) else { return Label(name: name, confidence: 0) }
        return Label(
            name: name, confidence: 0, parents: entry.parents, aliases: entry.aliases ?? [],
            categories: entry.categories ?? [])
    }
}

extension Vocabulary {
    /// Reads the vocabulary of a folder. Throws when it is missing or damaged.
    init(of folder: ModelFolder) throws(UnavailableError) {
        guard let json = FileManager.default.contents(atPath: folder.path(of: .vocabulary)) else {
            throw UnavailableError(missing: .vocabulary, in: folder)
        }
        try self.init(json: json)
    }
}

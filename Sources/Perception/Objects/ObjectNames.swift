internal import Foundation

/// What the classes of a detector are called as labels, and what those are a kind of.
struct ObjectNames: Sendable {
    private let vocabulary: Vocabulary?

    /// Without a vocabulary labels have no parents but those of `COCO.parents`.
    init(_ vocabulary: Vocabulary?) {
        self.vocabulary = vocabulary
    }

    /// The label of a class: an everyday name where there is one, else the class's own in title case.
    func label(of name: String) -> String {
        let words = name.split { $0 == " " || $0 == "_" }
        if let known = COCO.everydayNames[words.joined(separator: " ").lowercased()] { return known }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    /// What a label is a kind of, nearest first.
    func parents(of label: String) -> [String] {
        if let parents = vocabulary?.parents(of: label) { return parents }
        guard let parent = COCO.parents[label] else { return [] }
        return [parent] + (vocabulary?.parents(of: parent) ?? [])
    }
}

extension ObjectNames {
    /// With the vocabulary of a folder, where there is a good one.
    init(of folder: ModelFolder) {
        let json = FileManager.default.contents(atPath: folder.path(of: .vocabulary))
        self.init(json.flatMap { try? Vocabulary(json: $0) })
    }
}

internal import Domain

extension [ModerationLabel] {
    /// Labels for these categories with their confidences, 0…1, and for all that they are a kind of; surest first, a
    /// category before its kinds. What is below `floor` is left out.
    init(_ found: [ModerationCategory: Double], floor: Double) {
        var confidences: [ModerationCategory: Double] = [:]
        for (category, confidence) in found where confidence >= floor {
            var next: ModerationCategory? = category
            while let category = next {
                confidences[category] = Swift.max(confidences[category] ?? 0, confidence)
                next = category.parent
            }
        }
        let ordered = ModerationCategory.allCases.filter { confidences[$0] != nil }
        // The order of the cases holds among equals.
        self = ordered.enumerated().map { place, category in
            let label = ModerationLabel(
                name: category.rawValue, parent: category.parent?.rawValue ?? "",
                confidence: (Swift.min(confidences[category] ?? 0, 1) * 10_000).rounded() / 100)
            return (place, label)
        }
        .sorted { ($1.1.confidence, $0.0) < ($0.1.confidence, $1.0) }
        .map(\.1)
    }
}

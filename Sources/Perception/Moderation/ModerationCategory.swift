internal import Domain

/// What not everybody wants to see: the categories of Amazon Rekognition's taxonomy, version 7, that the models here
/// reach. There is none for violence, drugs, alcohol, gambling, gestures and symbols.
enum ModerationCategory: String, Sendable, CaseIterable {
    case explicit = "Explicit"
    case explicitNudity = "Explicit Nudity"
    case maleGenitalia = "Exposed Male Genitalia"
    case femaleGenitalia = "Exposed Female Genitalia"
    case buttocksOrAnus = "Exposed Buttocks or Anus"
    case femaleNipple = "Exposed Female Nipple"

    case nonExplicit = "Non-Explicit Nudity of Intimate parts and Kissing"
    case nonExplicitNudity = "Non-Explicit Nudity"
    case maleNipple = "Exposed Male Nipple"

    case swimwearOrUnderwear = "Swimwear or Underwear"
    case femaleSwimwearOrUnderwear = "Female Swimwear or Underwear"

    /// What it is a kind of.
    var parent: ModerationCategory? {
        switch self {
        case .explicit, .nonExplicit, .swimwearOrUnderwear: nil
        case .explicitNudity: .explicit
        case .maleGenitalia, .femaleGenitalia, .buttocksOrAnus, .femaleNipple: .explicitNudity
        case .nonExplicitNudity: .nonExplicit
        case .maleNipple: .nonExplicitNudity
        case .femaleSwimwearOrUnderwear: .swimwearOrUnderwear
        }
    }

    /// The category at the top of its branch.
    var root: ModerationCategory { parent?.root ?? self }

    /// What a class of NudeNet means; `nil` for what everybody may see: faces, feet, armpits, bellies.
    init?(nudeNet name: String) {
        switch name {
        case "MALE_GENITALIA_EXPOSED": self = .maleGenitalia
        case "FEMALE_GENITALIA_EXPOSED": self = .femaleGenitalia
        case "BUTTOCKS_EXPOSED", "ANUS_EXPOSED": self = .buttocksOrAnus
        case "FEMALE_BREAST_EXPOSED": self = .femaleNipple
        case "MALE_BREAST_EXPOSED": self = .maleNipple
        case "FEMALE_BREAST_COVERED", "FEMALE_GENITALIA_COVERED": self = .femaleSwimwearOrUnderwear
        case "BUTTOCKS_COVERED", "ANUS_COVERED": self = .swimwearOrUnderwear
        default: return nil
        }
    }
}

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

internal import Domain

/// What not everybody wants to see: the categories of Amazon Rekognition's taxonomy, version 7, that the models here
/// reach. What they do not reach is listed in `docs/API.md`.
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
    case maleSwimwearOrUnderwear = "Male Swimwear or Underwear"

    case violence = "Violence"
    case weapons = "Weapons"

    case alcohol = "Alcohol"
    case alcoholicBeverages = "Alcoholic Beverages"

    case gambling = "Gambling"

    /// What it is a kind of.
    var parent: ModerationCategory? {
        switch self {
        case .explicit, .nonExplicit, .swimwearOrUnderwear, .violence, .alcohol, .gambling: nil
        case .explicitNudity: .explicit
        case .maleGenitalia, .femaleGenitalia, .buttocksOrAnus, .femaleNipple: .explicitNudity
        case .nonExplicitNudity: .nonExplicit
        case .maleNipple: .nonExplicitNudity
        case .femaleSwimwearOrUnderwear, .maleSwimwearOrUnderwear: .swimwearOrUnderwear
        case .weapons: .violence
        case .alcoholicBeverages: .alcohol
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

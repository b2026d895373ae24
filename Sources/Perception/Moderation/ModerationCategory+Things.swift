internal import Domain

extension ModerationCategory {
    /// What a thing in a picture means, by the name of its label; `nil` for what everybody may see. Knives of the kitchen,
    /// glasses, lighters, swim caps and bottles of pills are such: most of those that are photographed are harmless.
    ///
    /// Of 498 photos none is given any of these at 50; of 170 drawn or cut-out things three are (a key and a bat for
    /// weapons, a rabbit for swimwear). How many of what is really there are found has not been measured.
    init?(thing name: String) {
        switch name {
        case "Weapon": self = .weapons
        case "Alcohol", "Wine", "Red Wine", "Wine Bottle", "Beer Bottle", "Beer Glass": self = .alcoholicBeverages
        case "Slot Machine": self = .gambling
        case "Swimsuit": self = .swimwearOrUnderwear
        case "Bikini", "Bra": self = .femaleSwimwearOrUnderwear
        case "Swim Trunks": self = .maleSwimwearOrUnderwear
        default: return nil
        }
    }
}

extension Analysis {
    /// Adds to what not everybody wants to see what the labels tell of it, each as sure as its label. Only where both were
    /// looked for; to be called when the labels are final.
    mutating func moderateThings() {
        guard states[.moderation] == .done, states[.labels] == .done else { return }
        var found: [ModerationCategory: Double] = [:]
        for label in moderation {
            if let category = ModerationCategory(rawValue: label.name) { found[category] = label.confidence / 100 }
        }
        for label in labels {
            guard let category = ModerationCategory(thing: label.name) else { continue }
            found[category] = max(found[category] ?? 0, label.confidence / 100)
        }
        moderation = [ModerationLabel](found, floor: ModerationTask.floor)
    }
}

import Domain
import Testing

@testable import Perception

@Suite("Things that not everybody wants to see")
struct ModeratedThingsTests {
    func moderated(
        _ labels: [(String, Double)], moderation: [ModerationLabel] = [],
        states: [AnalysisKind: AnalysisState] = [.labels: .done, .moderation: .done]
    ) -> [ModerationLabel] {
        var analysis = Analysis(
            states: states, labels: labels.map { Label(name: $0.0, confidence: $0.1) }, moderation: moderation)
        analysis.moderateThings()
        return analysis.moderation
    }

    @Test("A label becomes its category and all that this is a kind of, each as sure as the label")
    func category() {
        #expect(
            moderated([("Red Wine", 80)]) == [
                ModerationLabel(name: "Alcohol", parent: "", confidence: 80),
                ModerationLabel(name: "Alcoholic Beverages", parent: "Alcohol", confidence: 80),
            ])
        #expect(moderated([("Slot Machine", 60)]).map(\.name) == ["Gambling"])
        #expect(moderated([("Weapon", 60), ("Rifle", 55)]).map(\.name) == ["Violence", "Weapons"])
    }

    @Test("Of several labels the surest counts, and what the models saw stays")
    func surest() {
        let seen = [ModerationLabel]([.femaleSwimwearOrUnderwear: 0.7], floor: 0.25)
        let labels = moderated([("Bikini", 60), ("Swimsuit", 90)], moderation: seen)
        #expect(labels.map(\.name) == ["Swimwear or Underwear", "Female Swimwear or Underwear"])
        #expect(labels.map(\.confidence) == [90, 70])
    }

    @Test(
        "What everybody may see is nothing, and what is hardly likely",
        arguments: ["Knife", "Wine Glass", "Swimwear", "Dog"])
    func harmless(name: String) {
        #expect(moderated([(name, 99), ("Weapon", 24)]).isEmpty)
    }

    @Test("Only where both were looked for")
    func states() {
        #expect(moderated([("Weapon", 90)], states: [.labels: .done]).isEmpty)
        #expect(moderated([("Weapon", 90)], states: [.labels: .failed, .moderation: .done]).isEmpty)
        #expect(moderated([("Weapon", 90)], states: [.labels: .done, .moderation: .unavailable]).isEmpty)
    }

    @Test("Every category has its parents among the labels, three levels at most")
    func levels() {
        for category in ModerationCategory.allCases {
            let labels = [ModerationLabel]([category: 0.5], floor: 0.25)
            #expect((1...3).contains(labels.count))
            #expect(labels.allSatisfy { label in label.parent.isEmpty || labels.contains { $0.name == label.parent } })
            #expect(labels.filter(\.parent.isEmpty).count == 1)
        }
    }
}

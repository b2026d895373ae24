import Domain
import Testing

@testable import Teaching

/// Vectors around a direction of their own, the same in every run.
private struct Cloud {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func noise() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 24) - 0.5
    }

    mutating func vectors(_ count: Int, around axis: Int?, size: Int = 36) -> [FeatureVector] {
        (0..<count).map { _ in
            var values = (0..<size).map { _ in noise() }
            if let axis { values[axis] += 3 }
            return FeatureVector(values)
        }
    }
}

@Suite struct LabelTrainerTests {
    private func trainer(yes: Int = 3, no: Int = 0) throws -> LabelTrainer {
        var cloud = Cloud(seed: 1)
        return try #require(
            LabelTrainer(
                model: "m@1", yes: cloud.vectors(yes, around: 0), no: cloud.vectors(no, around: 1),
                sample: cloud.vectors(60, around: nil)))
    }

    @Test func threeExamplesFindTheirLikeAndNothingElse() throws {
        let classifier = try #require(try trainer().train().classifier)
        var others = Cloud(seed: 9)
        for vector in others.vectors(20, around: 0) { #expect(try #require(classifier.confidence(of: vector)) > 50) }
        for vector in others.vectors(20, around: nil) { #expect(try #require(classifier.confidence(of: vector)) < 50) }
    }

    @Test func theSameExamplesMakeTheSameClassifier() throws {
        #expect(try trainer(yes: 4, no: 2).train().classifier == (try trainer(yes: 4, no: 2).train().classifier))
    }

    @Test func rejectionsPushTheirLikeOut() throws {
        var others = Cloud(seed: 9)
        let mixed = others.vectors(1, around: 0)[0].values.enumerated().map { $0 == 1 ? 0.6 : $1 }
        let before = try #require(try trainer().train().classifier?.confidence(of: FeatureVector(mixed)))
        let after = try #require(try trainer(no: 6).train().classifier?.confidence(of: FeatureVector(mixed)))
        #expect(after < before)
    }

    @Test func whatIsLeftOutIsMeasured() throws {
        let clear = try trainer(yes: 5, no: 5).train().measure
        #expect(clear == TeachingMeasure(shown: 5, right: 5, yes: 5, judged: 10))
        // What people say at random cannot be foreseen.
        var cloud = Cloud(seed: 3)
        let noise = cloud.vectors(60, around: nil)
        let random = try #require(
            LabelTrainer(
                model: "m@1", yes: Array(noise[..<30]), no: Array(noise[30...]),
                sample: cloud.vectors(60, around: nil)))
        let measure = random.train().measure
        #expect(measure.judged == 60)
        #expect(measure.right < 25)
    }

    @Test func aCatalogueFullOfItHoldsNothingAgainstIt() throws {
        var cloud = Cloud(seed: 4)
        let all = cloud.vectors(40, around: 0) + cloud.vectors(40, around: nil)
        let trainer = try #require(
            LabelTrainer(model: "m@1", yes: cloud.vectors(5, around: 0), no: [], sample: all))
        let classifier = try #require(trainer.train().classifier)
        let found = all[..<40].count { (classifier.confidence(of: $0) ?? 0) > 50 }
        #expect(found > 5)
        #expect(all[40...].allSatisfy { (classifier.confidence(of: $0) ?? 0) < 50 })
    }

    @Test func tooLittleMakesNoTrainer() {
        var cloud = Cloud(seed: 1)
        let sample = cloud.vectors(9, around: nil)
        #expect(LabelTrainer(model: "m", yes: cloud.vectors(2, around: 0), no: [], sample: sample) == nil)
        #expect(LabelTrainer(model: "m", yes: cloud.vectors(3, around: 0), no: [], sample: []) == nil)
        let other = cloud.vectors(1, around: 0, size: 8)
        #expect(LabelTrainer(model: "m", yes: cloud.vectors(3, around: 0) + other, no: [], sample: sample) == nil)
    }

    @Test func theSolutionIsWhereTheSlopeIsFlat() throws {
        // One feature, two rows of each kind: the slope of ½w² + Σ log(1 + exp(-s(wx + b))) vanishes at w = 2σ(-w) for
        // x = ±1, so w ≈ 0.6748 · … solved here by bisection.
        let matrix = FeatureMatrix([[1], [-1]])
        let regression = LogisticRegression(matrix: matrix, signs: [1, -1], strength: 1)
        let weight = regression.solve(shares: [1, 1])[0]
        var (low, high): (Float, Float) = (0, 2)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if middle < 2 / (1 + exp(middle)) { low = middle } else { high = middle }
        }
        #expect(abs(weight - low) < 0.01)
    }

    private func exp(_ value: Float) -> Float {
        // e^x by its series, enough for the interval above.
        (1...30).reversed().reduce(1) { 1 + $0 * value / Float($1) }
    }
}

public import Domain
import Foundation

/// Makes a classifier from a few examples: logistic regression on the vectors of the examples, with the rest of the
/// catalogue as what it is most likely not.
///
/// Chosen among nearest neighbour, nearest centroid, whitened and plain, and logistic regression with several strengths,
/// by the mean precision of ten labels over 1,892 pictures (`Accuracy/teaching.py` has them), from 3, 5 and 10 examples:
/// neighbour .857 .872 .884, centroid less the catalogue's mean .874 .900 .910, whitened by the catalogue's covariance
/// .847 .889 .922 at best, logistic regression .888 .902 .920. The same without taking off the mean or with strengths of 3
/// to 30 differs by less than .01, and so does a sample of 100 to 1,800.
public struct LabelTrainer: Sendable {
    /// How much the examples weigh against simplicity.
    private static let strength: Float = 10
    /// How many photos stand for the rest of the catalogue.
    public static let sampleSize = 500
    /// No more are left out one at a time to measure; beyond, as many groups are.
    private static let mostFolds = 20

    private let regression: LogisticRegression
    private let model: String
    private let yes: Int
    private let no: Int

    /// Gets vectors of one size ready; `sample` are those of photos that nobody judged. `nil` when there are fewer than
    /// `TaughtLabel.neededExamples`, or nothing to tell them from.
    public init?(model: String, yes: [FeatureVector], no: [FeatureVector], sample: [FeatureVector]) {
        let size = yes.first?.values.count ?? 0
        let rest = Self.unlike(yes, sample.filter { $0.values.count == size })
        let all = yes + no + rest
        guard yes.count >= TaughtLabel.neededExamples, !(no + rest).isEmpty, size > 0,
            all.allSatisfy({ $0.values.count == size })
        else { return nil }
        regression = LogisticRegression(
            matrix: FeatureMatrix(all.map(\.values)),
            signs: all.indices.map { $0 < yes.count ? 1 : -1 }, strength: Self.strength)
        self.model = model
        self.yes = yes.count
        self.no = no.count
    }

    /// The classifier, and how it fares on the examples.
    public func train() -> (classifier: LinearClassifier?, measure: TeachingMeasure) {
        let solution = regression.solve(shares: shares(without: []))
        return (classifier(solution), measure(from: solution))
    }

    /// A catalogue holds more of what is taught than its examples. The pictures of the sample that are about as near to
    /// the examples as these are to each other (less one standard deviation) say neither yes nor no. Of 30 pictures of
    /// which one half is what was taught, this finds 51 % of the others from 3 examples and 73 % from 10, where it would
    /// find about 20 %; where it is rare it costs no precision.
    private static func unlike(_ yes: [FeatureVector], _ sample: [FeatureVector]) -> [FeatureVector] {
        guard yes.count > 1 else { return sample }
        let likeness = yes.indices.map { left in
            yes[left].cosine(to: FeatureVector(between: yes.indices.filter { $0 != left }.map { yes[$0] }))
        }
        let mean = likeness.reduce(0, +) / Float(yes.count)
        let variance = likeness.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(yes.count)
        let limit = mean - variance.squareRoot()
        let centre = FeatureVector(between: yes)
        let unlike = sample.filter { $0.cosine(to: centre) < limit }
        return unlike.count >= min(20, sample.count / 2) ? unlike : sample
    }

    /// How much each row counts: an example as one, and what is against them as much as all of them together, one half of
    /// it what a person rejected. (The same five unsure photos answered in each of six rounds: precision .99, recall .88;
    /// where a rejection counts as one example, recall .84.)
    private func shares(without left: Set<Int>) -> [Float] {
        let rows = regression.signs.count
        let kept = { (range: Range<Int>) in Float(range.count { !left.contains($0) }) }
        let (examples, rejected, rest) = (kept(0..<yes), kept(yes..<yes + no), kept(yes + no..<rows))
        let half = rejected > 0 && rest > 0 ? examples / 2 : examples
        return (0..<rows).map { row in
            if left.contains(row) { return 0 }
            return row < yes ? 1 : row < yes + no ? half / rejected : half / rest
        }
    }

    /// The score at which the label is as likely as not, and how quickly it grows surer, from `Self.confidence`.
    private func classifier(_ solution: LogisticRegression.Solution) -> LinearClassifier? {
        let weights = Array(solution.dropLast())
        // Rows were solved without their mean; pictures come with it.
        let mean = zip(weights, regression.matrix.mean).reduce(0) { $0 + Double($1.0 * $1.1) }
        return LinearClassifier(
            model: model, weights: weights,
            threshold: Self.evenScore(examples: yes) + mean - Double(solution.last ?? 0), slope: Self.slope)
    }

    /// How sure a score makes: the chance, fitted by logistic regression, that a picture with this score from so many
    /// examples is one. Fitted on 13 labels (3 to 20 examples, four draws, 1,892 pictures), judged on ten others: of the
    /// pictures shown at 50 to 70, 70 to 80, 80 to 90 and above 90, .86, .93, .97 and .99 are right. The labels of the fit
    /// were rougher (vehicle, wallpaper), .52, .66, .73 and .94: people's are taken to lie between.
    private static let slope = 3.67
    private static func evenScore(examples: Int) -> Double {
        (0.86 * log(Double(min(max(examples, 2), 20))) - 0.22) / slope
    }

    /// Leaves out each judged photo, or each of `mostFolds` groups, trains on the others, and looks what is made of it.
    private func measure(from solution: LogisticRegression.Solution) -> TeachingMeasure {
        let judged = yes + no
        var measure = TeachingMeasure(shown: 0, right: 0, yes: yes, judged: judged)
        let folds = min(judged, Self.mostFolds)
        for fold in 0..<folds {
            let left = Set(stride(from: fold, to: judged, by: folds))
            let part = regression.solve(shares: shares(without: left), from: solution)
            let even = Self.evenScore(examples: yes - left.count { $0 < yes })
            let scores = regression.scores(part)
            for row in left where Double(scores[row]) >= even {
                measure.shown += 1
                if row < yes { measure.right += 1 }
            }
        }
        return measure
    }
}

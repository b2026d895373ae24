import Domain
import Inference
import Testing

@testable import Perception

@Suite("Pixels in, probabilities out")
struct ScoresTests {
    @Test("Probabilities sum to 1 and keep the order, however large the scores")
    func softmaxSums() throws {
        let probabilities = try #require(softmax([1000, 999, -1000], temperature: 1))
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
        #expect(abs(probabilities[0] - 0.731_058_578) < 1e-6)
        #expect(probabilities[2] == 0)
    }

    @Test("A low temperature decides")
    func temperature() throws {
        let warm = try #require(softmax([2, 1], temperature: 1))
        let cold = try #require(softmax([2, 1], temperature: 0.5))
        #expect(cold[0] > warm[0])
        #expect(abs(cold[0] - 0.880_797_078) < 1e-6)
    }

    @Test("Scores that are no numbers give nothing", arguments: [[Float.nan, 1], [.infinity, 1], []])
    func broken(scores: [Float]) {
        #expect(softmax(scores, temperature: 1) == nil)
    }

    @Test("Pixels become planes of red, green and blue around zero")
    func planes() {
        let first = Pixels(width: 2, height: 1, rgb: [127, 255, 0, 191, 63, 127])
        let second = Pixels(width: 2, height: 1, rgb: [127, 127, 127, 127, 127, 127])
        let tensor = LabelTask.tensor(of: [first, second])
        #expect(tensor.shape == [2, 3, 1, 2])
        #expect(tensor.values == [0, 0.5, 1, -0.5, -127.0 / 128, 0, 0, 0, 0, 0, 0, 0])
    }
}

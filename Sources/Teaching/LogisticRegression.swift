import Foundation

/// Finds the weights `w` and the offset `b` that make `½|w|² + strength · Σ share · log(1 + exp(-sign · (w·x + b)))`
/// least: logistic regression with an L2 penalty, by L-BFGS (Nocedal & Wright, Numerical Optimization, §7.2).
struct LogisticRegression {
    let matrix: FeatureMatrix
    /// 1 for a row that is one, -1 for a row that is none.
    let signs: [Float]
    /// How much the rows weigh against the penalty.
    let strength: Float

    /// The weights of the columns and, as the last number, the offset; for rows without their mean.
    typealias Solution = [Float]

    private static let memory = 6
    private static let mostSteps = 100
    /// It is enough when the slope has fallen to this part of what it was where nothing is known.
    private static let tolerance: Float = 1e-3

    /// The solution for rows that count as `shares` say, found from `start` on.
    func solve(shares: [Float], from start: Solution? = nil) -> Solution {
        let origin = Solution(repeating: 0, count: matrix.columns + 1)
        let goal = Self.tolerance * Self.length(slope(at: origin, shares).slope)
        var point = start ?? origin
        var (loss, slope) = slope(at: point, shares)
        var history: [(step: Solution, change: Solution)] = []
        for _ in 0..<Self.mostSteps where Self.length(slope) > goal {
            let direction = Self.direction(slope, history)
            let descent = Self.product(direction, slope)
            guard descent < 0 else { break }
            var stride: Float = history.isEmpty ? 1 / max(1, Self.length(slope)) : 1
            var next = (point: point, loss: loss, slope: slope)
            repeat {
                next.point = Self.sum(point, direction, times: stride)
                (next.loss, next.slope) = self.slope(at: next.point, shares)
                stride /= 2
            } while next.loss > loss + 1e-4 * 2 * stride * descent && stride > 1e-8
            guard next.loss < loss else { break }
            let change = Self.sum(next.slope, slope, times: -1)
            let step = Self.sum(next.point, point, times: -1)
            if Self.product(step, change) > 1e-12 { history.append((step, change)) }
            if history.count > Self.memory { history.removeFirst() }
            (point, loss, slope) = next
        }
        return point
    }

    /// What each row scores.
    func scores(_ solution: Solution) -> [Float] {
        matrix.times(Array(solution.dropLast())).map { $0 + (solution.last ?? 0) }
    }

    private func slope(at point: Solution, _ shares: [Float]) -> (loss: Float, slope: Solution) {
        var loss: Float = 0
        var pulls = [Float](repeating: 0, count: matrix.rows)
        for (row, score) in scores(point).enumerated() where shares[row] > 0 {
            let margin = signs[row] * score
            // log(1 + exp(-m)) without overflow on either side.
            loss += shares[row] * (max(0, -margin) + log1p(exp(-abs(margin))))
            pulls[row] = -strength * shares[row] * signs[row] / (1 + exp(margin))
        }
        let weights = point.dropLast()
        var slope = matrix.sum(pulls)
        for (index, weight) in weights.enumerated() { slope[index] += weight }
        slope.append(pulls.reduce(0, +))
        return (weights.reduce(0) { $0 + $1 * $1 } / 2 + strength * loss, slope)
    }

    /// Against the slope, bent by what the last steps told of its curvature.
    private static func direction(_ slope: Solution, _ history: [(step: Solution, change: Solution)]) -> Solution {
        var direction = slope.map { -$0 }
        var shares: [Float] = []
        for (step, change) in history.reversed() {
            let share = product(step, direction) / product(step, change)
            direction = sum(direction, change, times: -share)
            shares.append(share)
        }
        if let (step, change) = history.last {
            let scale = product(step, change) / product(change, change)
            direction = direction.map { $0 * scale }
        }
        for ((step, change), share) in zip(history, shares.reversed()) {
            direction = sum(direction, step, times: share - product(change, direction) / product(step, change))
        }
        return direction
    }

    private static func product(_ left: Solution, _ right: Solution) -> Float {
        var product: Float = 0
        for index in left.indices { product += left[index] * right[index] }
        return product
    }

    private static func sum(_ left: Solution, _ right: Solution, times factor: Float) -> Solution {
        var sum = left
        for index in sum.indices { sum[index] += factor * right[index] }
        return sum
    }

    private static func length(_ vector: Solution) -> Float {
        product(vector, vector).squareRoot()
    }
}

internal import Domain
internal import Foundation
internal import Inference

/// The object detector PicoDet-S (Yu et al., 2021; Apache-2.0) for the 80 classes of COCO: for each cell of four grids how
/// likely each class is, and how far it is to the four sides of the box, each as a distribution over eight distances.
/// <https://github.com/PaddlePaddle/PaddleDetection>
struct PicoDet: ObjectDetector {
    let model = "picodet-s-416@2"
    let classes = COCO.classes
    /// In 188 everyday photos another detector (YOLOv8n) saw the same in the same place for one in a hundred of its
    /// detections at 0.05, 14 % at 0.3, 23 % at 0.45, 53 % at 0.5, 80 % at 0.7 to 0.85 and all above 0.95. From a half on its
    /// score is about how often it is right, and is told as it is; below it is mostly wrong.
    let threshold = 0.5

    private let session: InferenceSession
    private static let side = 416
    private static let strides = [8, 16, 32, 64]
    /// Distances that a side can have, in cells: 0…7.
    private static let distances = 8

    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.picoDet, in: folder, runtime: runtime)
        guard session.outputs.count == 2 * Self.strides.count else {
            throw UnavailableError(description: "\(folder.path(of: .picoDet)) is not PicoDet; run `make models`")
        }
    }

    func detections(in picture: Pixels, threshold: Double) throws(LookFailure) -> [Detection] {
        let square = picture.resampled(width: Self.side, height: Self.side)
        // The means and deviations of ImageNet's colours.
        let input = Tensor(
            [square], mean: SIMD3(0.485, 0.456, 0.406) * 255, scale: 1 / (SIMD3(0.229, 0.224, 0.225) * 255))
        let grids = Self.strides.enumerated().map { number, stride in
            let columns = (Self.side + stride - 1) / stride
            return (
                scores: session.outputs[number], boxes: session.outputs[Self.strides.count + number], stride: stride,
                columns: columns
            )
        }
        var shapes: [String: [Int]] = [:]
        for grid in grids {
            shapes[grid.scores] = [1, grid.columns * grid.columns, classes.count]
            shapes[grid.boxes] = [1, grid.columns * grid.columns, 4 * Self.distances]
        }
        let answer = try session.answer(input, shapes: shapes)
        let found = grids.flatMap { grid in
            Self.detections(
                scores: answer[grid.scores]?.values ?? [], boxes: answer[grid.boxes]?.values ?? [],
                stride: grid.stride, columns: grid.columns, threshold: threshold)
        }
        let (x, y) = (Double(picture.width) / Double(Self.side), Double(picture.height) / Double(Self.side))
        return found.suppressed().map { $0.scaled(x: x, y: y) }
    }

    /// Reads one grid, whose cells are `stride` pixels wide.
    static func detections(
        scores: [Float], boxes: [Float], stride: Int, columns: Int, threshold: Double
    ) -> [Detection] {
        let cells = columns * columns
        let classes = cells == 0 ? 0 : scores.count / cells
        return scores.indices.filter { scores[$0] > Float(threshold) }.map { index in
            let (cell, number) = (index / classes, index % classes)
            let sides = (0..<4).map { side in
                let start = (cell * 4 + side) * distances
                return distance(boxes[start..<(start + distances)]) * Double(stride)
            }
            let x = (Double(cell % columns) + 0.5) * Double(stride)
            let y = (Double(cell / columns) + 0.5) * Double(stride)
            return Detection(
                area: Area(
                    left: x - sides[0], top: y - sides[1], width: sides[0] + sides[2], height: sides[1] + sides[3]),
                score: Double(scores[index]), number: number)
        }
    }

    /// The mean of a distribution over the distances 0, 1, 2…, given as raw scores.
    private static func distance(_ scores: ArraySlice<Float>) -> Double {
        let shares = softmax(Array(scores), temperature: 1) ?? []
        return shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
}

internal import Domain
internal import Foundation
internal import Inference

/// The face detector YuNet (Wu, Peng, Yu, 2023; Apache-2.0): for each cell of three grids how much it is a face, its box and
/// its landmarks. <https://github.com/ShiqiYu/libfacedetection.train>
struct YuNet: FaceDetector {
    let model = "yunet@2"
    let faintest = 0.45
    /// Fitted to what it claims on 2300 pictures, most without people (photos, wallpapers, drawings, screenshots,
    /// animals), looked through by eye, and on 141 portraits; paintings, dolls and cartoons were left out as neither.
    let certainty = LogisticCalibration(slope: 3.70, offset: -4.05)
    /// The mean of its landmarks in 785 faces that dlib had aligned.
    let template = [
        PixelPoint(x: 46.1, y: 45.8), PixelPoint(x: 100.5, y: 44.8), PixelPoint(x: 73.5, y: 76.3),
        PixelPoint(x: 51.9, y: 100.2), PixelPoint(x: 96.7, y: 99.2),
    ]

    private let session: InferenceSession
    private static let strides = [8, 16, 32]

    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.yunet, in: folder, runtime: runtime)
    }

    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        var shapes: [String: [Int]] = [:]
        for stride in Self.strides {
            let cells = (picture.width / stride) * (picture.height / stride)
            for (map, depth) in [("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)] {
                shapes["\(map)_\(stride)"] = [1, cells, depth]
            }
        }
        let answer = try session.answer(Tensor([picture], order: .bgr), shapes: shapes)
        return Self.strides.flatMap { stride in
            Self.faces(answer, stride: stride, columns: picture.width / stride, faintest: faintest)
        }
    }

    /// Reads faces out of one grid, whose cells are `stride` pixels wide.
    static func faces(_ maps: [String: Tensor], stride: Int, columns: Int, faintest: Double) -> [DetectedFace] {
        guard let classes = maps["cls_\(stride)"]?.values, let objects = maps["obj_\(stride)"]?.values,
            let boxes = maps["bbox_\(stride)"]?.values, let points = maps["kps_\(stride)"]?.values
        else { return [] }
        let step = Double(stride)
        return classes.indices.compactMap { cell in
            let score = (Double(min(max(classes[cell], 0), 1)) * Double(min(max(objects[cell], 0), 1))).squareRoot()
            guard score > faintest else { return nil }
            let (column, row) = (Double(cell % columns), Double(cell / columns))
            let box = boxes[(cell * 4)..<(cell * 4 + 4)].map(Double.init)
            let (width, height) = (exp(box[2]) * step, exp(box[3]) * step)
            // It names the person's own right eye first: that on the viewer's left.
            let landmarks = (0..<5).map { point in
                PixelPoint(
                    x: (column + Double(points[cell * 10 + point * 2])) * step,
                    y: (row + Double(points[cell * 10 + point * 2 + 1])) * step)
            }
            return DetectedFace(
                area: Area(
                    left: (column + box[0]) * step - width / 2, top: (row + box[1]) * step - height / 2, width: width,
                    height: height),
                score: score, landmarks: landmarks)
        }
    }
}

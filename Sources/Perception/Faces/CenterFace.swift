internal import Domain
internal import Foundation
internal import Inference

/// The face detector CenterFace (Xu et al., 2019; MIT): a map of middles of faces, and for each cell the size of the face,
/// its exact middle and its landmarks. <https://github.com/Star-Clouds/CenterFace>
struct CenterFace: FaceDetector {
    let model: String
    let faintest = 0.35
    /// Fitted as YuNet's is.
    let certainty = LogisticCalibration(slope: 4.98, offset: -1.43)
    /// The mean of its landmarks in 3135 faces that dlib had aligned.
    let template = [
        PixelPoint(x: 47.6, y: 48.2), PixelPoint(x: 100.4, y: 47.8), PixelPoint(x: 73.9, y: 76.4),
        PixelPoint(x: 52.4, y: 98.1), PixelPoint(x: 95.6, y: 97.7),
    ]

    private let session: InferenceSession

    init(runtime: InferenceRuntime, folder: ModelFolder, precision: Precision) throws(UnavailableError) {
        session = try InferenceSession(.centerFace(precision), in: folder, runtime: runtime)
        model = "centerface-\(precision.rawValue)@2"
    }

    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        let (width, height) = (picture.width / 4, picture.height / 4)
        let answer = try session.answer(
            Tensor([picture]),
            shapes: [
                "heatmap": [1, 1, height, width], "scale": [1, 2, height, width], "offset": [1, 2, height, width],
                "landmarks": [1, 10, height, width],
            ])
        return Self.faces(answer, width: width, height: height, faintest: faintest)
    }

    /// Reads faces out of the maps, which are `width` × `height` cells of 4 × 4 pixels.
    static func faces(_ maps: [String: Tensor], width: Int, height: Int, faintest: Double) -> [DetectedFace] {
        guard let heat = maps["heatmap"]?.values, let scale = maps["scale"]?.values,
            let offset = maps["offset"]?.values, let landmarks = maps["landmarks"]?.values
        else { return [] }
        let cells = width * height
        return heat.indices.filter { heat[$0] > Float(faintest) }.map { cell in
            func number(_ map: [Float], _ plane: Int) -> Double { Double(map[plane * cells + cell]) }
            let (boxHeight, boxWidth) = (exp(number(scale, 0)) * 4, exp(number(scale, 1)) * 4)
            let x = (Double(cell % width) + number(offset, 1) + 0.5) * 4
            let y = (Double(cell / width) + number(offset, 0) + 0.5) * 4
            let area = Area(
                left: max(x - boxWidth / 2, 0), top: max(y - boxHeight / 2, 0), width: boxWidth, height: boxHeight)
            let points = (0..<5).map { point in
                PixelPoint(
                    x: area.left + number(landmarks, 2 * point + 1) * boxWidth,
                    y: area.top + number(landmarks, 2 * point) * boxHeight)
            }
            return DetectedFace(area: area, score: Double(heat[cell]), landmarks: points)
        }
    }
}

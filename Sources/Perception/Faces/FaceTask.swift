internal import Domain
internal import Foundation
internal import Inference

/// Who is in the picture, as far as faces tell: a detector, and readers of each face that it finds.
struct FaceTask: AnalysisTask {
    let kind = AnalysisKind.faces
    let gaps: [String]
    let views = [PictureView.whole]

    private let detector: any FaceDetector
    private let readers: [any FaceReader]

    /// As many as Amazon Rekognition gives; the largest are kept.
    static let maximumFaces = 100

    init(detector: any FaceDetector, readers: [any FaceReader], gaps: [String] = []) {
        self.detector = detector
        self.readers = readers
        self.gaps = gaps
    }

    var model: String { ([detector.model] + readers.map(\.model)).joined(separator: "+") }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let whole = try picture.pixels(of: .whole)
        let (pixels, turn, detected) = try watch.time("\(name)/detect") { () throws(LookFailure) in
            try seen(in: whole)
        }
        let largest = detected.sorted { $0.area.width * $0.area.height > $1.area.width * $1.area.height }
        let found = watch.time("\(name)/align") {
            largest.prefix(Self.maximumFaces).compactMap { FoundFace($0, in: pixels, template: detector.template) }
        }
        var faces = found.map(Face.init)
        for reader in readers where !found.isEmpty {
            try watch.time("\(name)/\(reader.step)") { () throws(LookFailure) in
                for index in faces.indices { try reader.read(found[index], into: &faces[index]) }
            }
        }
        analysis.faces = faces.map { $0.turned(back: turn) }
    }

    /// The faces, and the picture they stand upright in: a turned one where only that has any.
    private func seen(
        in picture: Pixels
    ) throws(LookFailure) -> (picture: Pixels, turn: QuarterTurn, faces: [DetectedFace]) {
        let faces = try detector.faces(in: picture)
        guard faces.isEmpty, let turn = try detector.turn(of: picture) else { return (picture, .none, faces) }
        let turned = picture.turned(turn)
        return (turned, turn, try detector.faces(in: turned))
    }
}

extension Face {
    /// What the detector and the pixels say by themselves.
    fileprivate init(_ found: FoundFace) {
        let (picture, detected) = (found.picture, found.detected)
        let points = zip(Landmark.Kind.allCases, detected.landmarks).map { kind, point in
            Landmark(kind, x: point.x / Double(picture.width), y: point.y / Double(picture.height))
        }
        self.init(
            box: Box(detected.area.clipped(to: picture) ?? detected.area, in: picture),
            confidence: percent(detected.score), landmarks: points)
        quality = Quality(chip: found.chip)
    }

    /// A face of a picture that was turned, as it lies in the picture.
    fileprivate func turned(back turn: QuarterTurn) -> Face {
        if turn == .none { return self }
        var face = self
        face.box = turn.back(box)
        face.landmarks = landmarks.map { mark in
            let point = turn.back(x: mark.x, y: mark.y)
            return Landmark(mark.type, x: point.x, y: point.y)
        }
        // Upright after a turn to the right means leaning to the left before.
        face.pose?.roll = remainder((pose?.roll ?? 0) - 90 * Double(turn.rawValue), 360)
        return face
    }
}

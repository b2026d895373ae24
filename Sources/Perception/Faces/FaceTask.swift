internal import Domain
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
        let pixels = try picture.pixels(of: .whole)
        let detected = try watch.time("\(name)/detect") { () throws(LookFailure) in
            try detector.faces(in: pixels).sorted { $0.area.width * $0.area.height > $1.area.width * $1.area.height }
        }
        let found = watch.time("\(name)/align") {
            detected.prefix(Self.maximumFaces).compactMap { FoundFace($0, in: pixels, template: detector.template) }
        }
        var faces = found.map(Face.init)
        for reader in readers where !found.isEmpty {
            try watch.time("\(name)/\(reader.step)") { () throws(LookFailure) in
                for index in faces.indices { try reader.read(found[index], into: &faces[index]) }
            }
        }
        analysis.faces = faces
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
}

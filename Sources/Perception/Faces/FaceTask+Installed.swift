internal import Inference

extension FaceTask {
    /// Loads the detector and all readers that are there. Throws when there is no detector; what a missing reader leaves out
    /// is told in `gaps`.
    init(runtime: InferenceRuntime, folder: ModelFolder, precision: Precision) throws(UnavailableError) {
        let detector = try Self.detector(runtime: runtime, folder: folder, precision: precision)
        var readers: [any FaceReader] = []
        var gaps: [String] = []
        func load<Reader: FaceReader>(
            without missing: String, _ make: () throws(UnavailableError) -> Reader
        ) -> Reader? {
            do throws(UnavailableError) {
                let reader = try make()
                readers.append(reader)
                return reader
            } catch {
                gaps.append("faces have no \(missing): \(error)")
                return nil
            }
        }
        _ = load(without: "pose, open eyes and open mouth") { () throws(UnavailableError) in
            try FaceMesh(runtime: runtime, folder: folder)
        }
        let recognition = load(without: "vector to recognise people by") { () throws(UnavailableError) in
            try FaceRecognition(runtime: runtime, folder: folder, precision: precision)
        }
        if recognition?.readsAttributes != true {
            _ = load(without: "age and gender") { () throws(UnavailableError) in
                try AgeGender(runtime: runtime, folder: folder)
            }
        }
        _ = load(without: "expression and smile") { () throws(UnavailableError) in
            try FaceExpression(runtime: runtime, folder: folder)
        }
        self.init(detector: detector, readers: readers, gaps: gaps)
    }

    /// YuNet where it is installed, which only a download or a mirror gives; else CenterFace.
    private static func detector(
        runtime: InferenceRuntime, folder: ModelFolder, precision: Precision
    ) throws(UnavailableError) -> any FaceDetector {
        if let detector = try? YuNet(runtime: runtime, folder: folder) { return detector }
        return try CenterFace(runtime: runtime, folder: folder, precision: precision)
    }
}

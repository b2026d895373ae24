internal import Domain

extension ModelFile {
    /// Finding lines of text.
    static func textFinder(_ precision: Precision) -> ModelFile {
        ModelFile(
            name: "ppocrv4_det_\(precision.rawValue).onnx", purpose: "the text detector PP-OCRv4", analyses: [.text])
    }

    /// Reading them; in eight bits it misreads, so there is one for all processors.
    static let textReader = ModelFile(
        name: "ppocrv4_rec.onnx", purpose: "the text reader PP-OCRv4", analyses: [.text])
    /// Telling lines that stand on their heads.
    static let textTurner = ModelFile(
        name: "ppocrv4_cls.onnx", purpose: "the text direction model PP-OCR", analyses: [.text])
}

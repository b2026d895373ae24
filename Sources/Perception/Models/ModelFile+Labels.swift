internal import Domain

extension ModelFile {
    /// Telling kinds of pictures, out of what the label network makes of them.
    static let pictureKinds = ModelFile(
        name: "kinds_head.onnx", purpose: "the model for kinds of pictures", analyses: [.labels])
}

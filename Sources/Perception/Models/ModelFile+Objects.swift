internal import Domain

extension ModelFile {
    /// Finding things with boxes.
    static let picoDet = ModelFile(
        name: "picodet_s_416_coco.onnx", purpose: "the object detector PicoDet", analyses: [.labels])
}

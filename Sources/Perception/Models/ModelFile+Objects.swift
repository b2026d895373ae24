internal import Domain
internal import Foundation

extension ModelFile {
    /// Finding things with boxes.
    static let picoDet = ModelFile(
        name: "picodet_s_416_coco.onnx", purpose: "the object detector PicoDet", analyses: [.labels])
}

extension ModelFolder {
    /// Detectors of one's own, exported as YOLOv8 is: every `*.onnx` in the sub-folder `detectors`, by name.
    var ownDetectors: [ModelFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.appending(path: "detectors").path)) ?? []
        return names.filter { $0.hasSuffix(".onnx") }.sorted().map {
            ModelFile(name: "detectors/\($0)", purpose: "the detector \($0)", analyses: [.labels])
        }
    }
}

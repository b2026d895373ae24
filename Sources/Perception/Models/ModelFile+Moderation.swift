internal import Domain

extension ModelFile {
    /// Finding bare and covered parts of bodies. Its licence asks whoever offers it over a network to give their source.
    static let nudeNet = ModelFile(
        name: "nudenet_320n.onnx", purpose: "the nudity detector NudeNet (AGPL-3.0)", analyses: [.moderation])
    /// Judging the picture as a whole.
    static let nsfw = ModelFile(
        name: "nsfw_mobilenet_v2_224_int8.onnx", purpose: "the picture judge NSFW MobileNet", analyses: [.moderation])
}

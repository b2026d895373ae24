/// What looking at a photo once has brought: the facts of the picture and the answers of the models.
public struct Findings: Sendable, Equatable, Codable {
    /// What the file says of itself.
    public var picture: PictureFacts
    /// What the models say of the picture.
    public var analysis: Analysis

    /// Puts both together.
    public init(picture: PictureFacts, analysis: Analysis) {
        self.picture = picture
        self.analysis = analysis
    }
}

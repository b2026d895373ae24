internal import Domain

extension PictureView {
    /// The whole picture, for models that say where things are: they make their own smaller copies and crops of it. Twice
    /// as large as what faces are looked for in, so that a face at the limit of what is found can still be read.
    static let whole = PictureView(name: "whole", part: .whole, side: 1280)
}

internal import Domain

/// One kind of looking at a picture, with one model or with several that build on each other.
protocol AnalysisTask: Sendable {
    /// What it is called in the plan and in `Analysis.models`: `labels`, `objects`, `faces`.
    var name: String { get }
    /// The analysis that it belongs to; several tasks may serve one.
    var kind: AnalysisKind { get }
    /// The model and its version, `name@version`, several joined by `+`; changes whenever answers may.
    var model: String { get }
    /// The views of the picture it needs.
    var views: [PictureView] { get }
    /// What it leaves out because a model is missing, each with the remedy.
    var gaps: [String] { get }

    /// Looks at the picture and writes what it finds into `analysis`, or into `evidence` what labels are to be made of;
    /// throws when it could not look. Steps that are worth knowing are timed as `name/step`.
    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure)
}

extension AnalysisTask {
    var name: String { kind.rawValue }
    var gaps: [String] { [] }
}

/// Why a task could not look at one picture.
struct LookFailure: Error, CustomStringConvertible {
    let description: String
}

extension DecodedPicture {
    /// The pixels of a view that was ordered; throws when the decoder left it out or made it of another size.
    func pixels(of view: PictureView) throws(LookFailure) -> Pixels {
        guard let pixels = views[view.name], view.admits(pixels) else {
            throw LookFailure(description: "the decoder did not give the view \(view.name) of side \(view.side)")
        }
        return pixels
    }
}

extension PictureView {
    fileprivate func admits(_ pixels: Pixels) -> Bool {
        let sides = part == .whole ? 1..<side + 1 : side..<side + 1
        return sides.contains(pixels.width) && sides.contains(pixels.height)
    }
}

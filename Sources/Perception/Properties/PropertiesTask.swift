internal import Domain

/// The colours of a picture and how well it can be seen. Needs no model.
struct PropertiesTask: AnalysisTask {
    let name = "properties"
    let kind = AnalysisKind.labels
    let model = "pixels@1"
    let views = [PictureView.whole]

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let pixels = try picture.pixels(of: .whole)
        analysis.properties = ImageProperties(of: pixels)
        evidence.statistics = PixelStatistics(of: pixels)
    }
}

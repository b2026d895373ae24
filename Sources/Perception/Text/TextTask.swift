internal import Domain
internal import Foundation
internal import Inference

/// What can be read: lines are found, cut out, stood on their feet and read, with PP-OCRv4.
struct TextTask: AnalysisTask {
    let kind = AnalysisKind.text
    let model: String
    let views = [PictureView.whole]

    private let finder: TextFinder
    private let turner: TextTurner?
    private let reader: TextReader

    /// Loads the models. Throws when one that it cannot do without is missing or unusable.
    init(runtime: InferenceRuntime, folder: ModelFolder, precision: Precision) throws(UnavailableError) {
        // Where only the other precision is there, it reads just as well, slower or not.
        let choices = [precision] + Precision.allCases.filter { $0 != precision }
        let found = choices.first { FileManager.default.fileExists(atPath: folder.path(of: .textFinder($0))) }
        let chosen = found ?? precision
        finder = TextFinder(session: try InferenceSession(.textFinder(chosen), in: folder, runtime: runtime))
        reader = try TextReader(session: try InferenceSession(.textReader, in: folder, runtime: runtime))
        // Without it more lines are read both ways.
        turner = (try? InferenceSession(.textTurner, in: folder, runtime: runtime)).map(TextTurner.init)
        let models = ["ppocrv4-det-\(chosen.rawValue)@2", turner == nil ? nil : "ppocrv4-cls@1", "ppocrv4-rec@1"]
        model = models.compactMap { $0 }.joined(separator: "+")
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let pixels = try picture.pixels(of: .whole)
        // Who asks for text and nothing else wants all of it, whatever it costs.
        let everywhere = analysis.states.allSatisfy { $0.key == .text || $0.value == .off }
        var places = try watch.time("text/find") { () throws(LookFailure) in
            try finder.lines(in: pixels, everywhere: everywhere)
        }
        if places.isEmpty, pixels.isStrip { places = [pixels.corners] }
        let all = TextCutting.all(places, in: pixels)
        var cuttings = TextCutting.affordable(all)
        analysis.unreadLines = cuttings.count < all.count ? all.count - cuttings.count : nil
        try watch.time("text/turn") { () throws(LookFailure) in try turnUpright(&cuttings) }
        let lines = try watch.time("text/read") { () throws(LookFailure) in try read(cuttings) }
        analysis.text = lines.filter { $0.isCredible }.inReadingOrder()
            .flatMap { $0.detections(width: pixels.width, height: pixels.height) }
    }

    /// Turns all lines that stand on their heads. A page is printed one way up, so the lines of one direction decide
    /// together, each by its length: single ones are misjudged often. Of 28 pages, signs and words, each looked at both
    /// ways, the mean was 0.63 or less for those that stood upright and 0.82 or more for those that did not, so in between,
    /// and where nothing tells, the longest lines are read both ways.
    private func turnUpright(_ cuttings: inout [TextCutting]) throws(LookFailure) {
        for isVertical in [false, true] {
            let places = cuttings.indices.filter { cuttings[$0].isVertical == isVertical }
            let lines = places.map { cuttings[$0] }
            guard !lines.isEmpty else { continue }
            let probability = try turner?.upsideDownProbability(of: lines) ?? 0.5
            guard probability > 0.3 else { continue }
            if probability < 0.95, try !readsBetterUpsideDown(lines) { continue }
            for place in places { cuttings[place].turnUpsideDown() }
        }
    }

    private func readsBetterUpsideDown(_ lines: [TextCutting]) throws(LookFailure) -> Bool {
        let sample = Array(lines.sorted { $0.pixels.width > $1.pixels.width }.prefix(3))
        var turned = sample
        for place in turned.indices { turned[place].turnUpsideDown() }
        let asTheyAre = try read(sample).reduce(0) { $0 + $1.confidence }
        return try read(turned).reduce(0) { $0 + $1.confidence } > asTheyAre
    }

    private func read(_ cuttings: [TextCutting]) throws(LookFailure) -> [TextLine] {
        var lines: [TextLine] = []
        for cutting in cuttings { lines.append(try reader.line(of: cutting)) }
        return lines
    }
}

extension Pixels {
    /// Whether it may be one line of text and nothing else, which the detector overlooks for want of a margin.
    fileprivate var isStrip: Bool { height <= 160 && width >= 3 * height }

    fileprivate var corners: [PixelPoint] {
        [(0, 0), (width, 0), (width, height), (0, height)].map { PixelPoint(x: Double($0), y: Double($1)) }
    }
}

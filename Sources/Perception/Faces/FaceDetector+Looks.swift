internal import Domain

extension FaceDetector {
    /// The faces of a picture, each once, the surest first; their scores are how often such a claim is right.
    ///
    /// Looks at the picture shrunk to 640 pixels. Networks miss faces that are larger than about 400 of these, so where no
    /// face is sure they look again at 256, which costs a sixth. Where there is anything small they look closer.
    func faces(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        var seen = try look(at: picture, within: FaceLook.first)
        if max(picture.width, picture.height) > FaceLook.second, seen.allSatisfy({ $0.score < FaceLook.sure }) {
            seen += try look(at: picture, within: FaceLook.second)
        }
        if FaceLook.paysCloser(at: picture, having: seen) {
            seen += try lookCloser(at: picture)
        }
        return seen.suppressed().filter { $0.score >= FaceLook.told }
    }

    /// How to turn a picture so that its faces stand upright, for photos that lie on their side without saying so: `nil`
    /// when no turn shows a sure face. Three looks at 160 pixels, in all a fifth of a first look.
    func turn(of picture: Pixels) throws(LookFailure) -> QuarterTurn? {
        let small = picture.fitted(within: FaceLook.turned)
        var best: (turn: QuarterTurn, score: Double)?
        for turn in QuarterTurn.allCases where turn != .none {
            let score = try look(at: small.turned(turn)).map(\.score).max() ?? 0
            if score >= max(FaceLook.sure, best?.score ?? 0) { best = (turn, score) }
        }
        return best?.turn
    }

    /// What the network sees in the picture shrunk to a longest side, in the pixels of the picture.
    private func look(at picture: Pixels, within side: Int) throws(LookFailure) -> [DetectedFace] {
        let small = picture.fitted(within: side)
        let (x, y) = (
            Double(picture.width) / Double(small.width), Double(picture.height) / Double(small.height)
        )
        return try look(at: small).map { $0.scaled(x: x, y: y) }
    }

    /// The small faces of a picture: looks at it part by part, without shrinking it.
    private func lookCloser(at picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        var seen: [DetectedFace] = []
        for part in Tiling.parts(of: picture, side: FaceLook.first, overlap: FaceLook.small) {
            let tile = picture.resampled(part, width: Int(part.width), height: Int(part.height))
            seen += try look(at: tile)
                .filter { max($0.area.width, $0.area.height) <= Double(FaceLook.small) }
                .map { $0.moved(x: part.left, y: part.top) }
                .filter { Tiling.isWhole($0.area, in: part, of: picture) }
        }
        return seen
    }

    private func look(at picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        func rounded(_ length: Int) -> Int { (length + 31) / 32 * 32 }
        let sheet = picture.padded(width: rounded(picture.width), height: rounded(picture.height))
        return try candidates(in: sheet).suppressed().map { face in
            var face = face
            face.score = certainty(face.score)
            return face
        }
    }
}

/// When faces are told, and when it is worth to look again.
enum FaceLook {
    /// The longest side of the first look, in pixels.
    static let first = 640
    /// That of the second.
    static let second = 256
    /// That of the looks at a turned picture.
    static let turned = 160
    /// Faces are told from here on. Of what YuNet claims on pictures without people that leaves 10 of 61, of CenterFace's
    /// claims 11 of 24; of the faces 95 and 96 in a hundred remain.
    static let told = 0.5
    /// Where a face is so sure there is no need for a smaller look.
    static let sure = 0.9
    /// Faces up to this many pixels of the whole view are small: the first look sees half of them at the most.
    static let small = 64

    /// Whether the picture has more pixels than the first look saw, and anything small in it may be a face: 2 to 4 in a
    /// hundred pictures. A look at all pixels finds faces of half the size, and costs four times the first.
    static func paysCloser(at picture: Pixels, having seen: [DetectedFace]) -> Bool {
        let longest = max(picture.width, picture.height)
        let limit = Double(small * longest) / Double(2 * first)
        return longest * 2 >= first * 3 && seen.contains { max($0.area.width, $0.area.height) < limit }
    }
}

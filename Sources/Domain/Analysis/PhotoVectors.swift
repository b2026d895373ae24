/// The vectors of one photo, kept apart from its analysis: they are large, and read only to compare.
public struct PhotoVectors: Sendable, Equatable {
    /// What the label network makes of the whole picture.
    public var picture: FeatureVector?
    /// What the face network makes of each face, in the order of the analysis; `nil` for one it did not look at.
    public var faces: [FeatureVector?]

    /// Puts vectors together.
    public init(picture: FeatureVector? = nil, faces: [FeatureVector?] = []) {
        self.picture = picture
        self.faces = faces
    }
}

extension Analysis {
    /// The vectors in this analysis.
    public var vectors: PhotoVectors {
        PhotoVectors(picture: vector, faces: faces.map(\.vector))
    }

    /// This analysis without its vectors, as it is read from a catalogue and shown to people.
    public var withoutVectors: Analysis {
        var bare = self
        bare.vector = nil
        for index in bare.faces.indices { bare.faces[index].vector = nil }
        return bare
    }

    /// This analysis as it is shown: labels within the limits, moderation that is more likely than not, and no vectors.
    public func shown(within limits: LabelLimits) -> Analysis {
        var shown = withoutVectors
        shown.labels = limits.apply(to: labels)
        shown.moderation = moderation.filter { $0.confidence >= ModerationLabel.leastShown }
        return shown
    }
}

extension Findings {
    /// These findings without vectors.
    public var withoutVectors: Findings {
        Findings(picture: picture, analysis: analysis.withoutVectors)
    }
}

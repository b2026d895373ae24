extension LibrarySummary {
    /// Counts photos one by one: what the summary means, in the fewest lines.
    init(of all: [Photo]) {
        self.init()
        photos = all.count
        states = Dictionary(grouping: all) { PhotoDocument($0, limits: .standard).status }.mapValues(\.count)
        let same = Dictionary(grouping: all, by: \.content.sha256).values.filter { $0.count > 1 }
        duplicates.groups = same.count
        duplicates.photos = same.map(\.count).reduce(0, +)

        let findings = all.compactMap { photo in if case .analysed(let findings) = photo.state { findings } else { nil }
        }
        formats = Self.counted(findings.map(\.picture.format.rawValue))
        cameras = Self.named(Self.counted(findings.compactMap(\.picture.camera)))
        years = Self.counted(findings.compactMap { $0.picture.takenAt.map { String($0.local.prefix(4)) } })
            .sorted { $0.name < $1.name }
        count(labelsOf: all.map(\.labels))
        count(facesOf: findings.map(\.analysis.faces.count))
        count(placesOf: findings.compactMap(\.picture.location))
        withText = findings.count { !$0.analysis.text.isEmpty }
        sensitive = findings.count { finding in
            finding.analysis.moderation.contains { $0.confidence >= Self.sensitiveConfidence }
        }
    }

    private mutating func count(labelsOf photos: [[Label]]) {
        let all = photos.flatMap(\.self)
        let sure = photos.flatMap { labels in
            Set(labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.map(\.name))
        }
        let parents = Dictionary(all.map { ($0.name, $0.parents) }) { first, _ in first }
        let ranking = LabelRanking(Self.counted(sure), parents: parents)
        labels = Self.named(ranking.labels)
        kinds = Self.named(ranking.kinds)
    }

    private mutating func count(facesOf numbers: [Int]) {
        faces.photos = numbers.count { $0 > 0 }
        faces.faces = numbers.reduce(0, +)
        faces.one = numbers.count { $0 == 1 }
        faces.few = numbers.count { (2...4).contains($0) }
        faces.many = numbers.count { $0 >= 5 }
    }

    private mutating func count(placesOf locations: [Location]) {
        places.photos = locations.count
        let cells = Dictionary(grouping: locations) { [Int($0.latitude.rounded()), Int($0.longitude.rounded())] }
        let areas = cells.map { Area(latitude: $0[0], longitude: $0[1], photos: $1.count) }
        places.areas = Array(
            areas.sorted { ($1.photos, $0.latitude, $0.longitude) < ($0.photos, $1.latitude, $1.longitude) }
                .prefix(Self.mostNames))
    }

    private static func named(_ counts: [NamedCount]) -> [NamedCount] {
        Array(counts.prefix(mostNames))
    }

    private static func counted(_ names: [String]) -> [NamedCount] {
        Dictionary(grouping: names) { $0 }.map { NamedCount(name: $0, photos: $1.count) }
            .sorted { ($1.photos, $0.name) < ($0.photos, $1.name) }
    }
}

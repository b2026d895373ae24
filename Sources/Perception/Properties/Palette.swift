internal import Domain

extension ColourSample {
    /// The colours that make up the picture, the largest first: groups of colours that look alike, each told by its mean.
    ///
    /// Lloyd's k-means from starts that are chosen one after the other, each the colour that is worst told by those before
    /// it (its weight by the squared difference): the same picture always has the same palette. Groups with the same name
    /// become one, whose mean has that name too, because what is nearest to one colour is convex.
    func palette(most: Int = 12, leastShare: Float = 0.01) -> [DominantColor] {
        var groups: [String: Group] = [:]
        for group in grouped(into: most) where group.weight > 0 {
            groups[CSSColor.nearest(to: group.mean).name, default: Group()].add(group)
        }
        return groups.filter { $0.value.weight >= leastShare * count }
            .sorted { ($0.value.weight, $1.key) > ($1.value.weight, $0.key) }
            .map { name, group in
                let rgb = group.mean.rgb
                return DominantColor(
                    red: rgb.x, green: rgb.y, blue: rgb.z, cssColor: name, simplifiedColor: group.mean.simplified,
                    pixelPercent: percent(Double(group.weight / count)))
            }
    }

    /// Colours that look alike.
    private struct Group {
        var sum = SIMD3<Float>.zero
        var weight: Float = 0

        var mean: OKLab { OKLab(sum / weight) }

        mutating func add(_ portion: Portion) {
            sum += portion.colour.values * portion.weight
            weight += portion.weight
        }

        mutating func add(_ other: Group) {
            sum += other.sum
            weight += other.weight
        }
    }

    private func grouped(into most: Int) -> [Group] {
        var means = starts(most)
        var groups: [Group] = []
        for _ in 0..<Self.rounds {
            groups = Array(repeating: Group(), count: means.count)
            for portion in portions {
                groups[portion.colour.nearest(of: means)].add(portion)
            }
            let next = zip(groups, means).map { $0.weight > 0 ? $0.mean : $1 }
            if next == means { break }
            means = next
        }
        return groups
    }

    /// Enough for the shares to stand still within a percent.
    private static let rounds = 8

    private func starts(_ most: Int) -> [OKLab] {
        guard let first = portions.max(by: { $0.weight < $1.weight })?.colour else { return [] }
        var starts = [first]
        var differences = portions.map { $0.colour.difference(from: first) }
        while starts.count < most {
            let losses = zip(portions, differences).map { $0.weight * $1 }
            guard let worst = losses.indices.max(by: { losses[$0] < losses[$1] }), losses[worst] > 0 else { break }
            let start = portions[worst].colour
            starts.append(start)
            for index in portions.indices {
                differences[index] = min(differences[index], portions[index].colour.difference(from: start))
            }
        }
        return starts
    }
}

extension OKLab {
    fileprivate func nearest(of colours: [OKLab]) -> Int {
        var (nearest, least) = (0, Float.infinity)
        for (number, colour) in colours.enumerated() {
            let difference = difference(from: colour)
            if difference < least { (nearest, least) = (number, difference) }
        }
        return nearest
    }
}

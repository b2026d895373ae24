internal import Domain

/// The labels of a picture while they are put together: each name once, and nothing surer than what it is a kind of.
struct LabelBoard {
    private let vocabulary: Vocabulary
    private(set) var labels: [Label] = []
    private var places: [String: Int] = [:]
    /// What the picture is of; the others are its setting, its kind, its light.
    private var subjects: Set<String> = []

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
    }

    /// How sure a label is so far, 0…1; 0 when it is not there.
    func confidence(of name: String) -> Double {
        places[name].map { labels[$0].confidence / 100 } ?? 0
    }

    /// Makes a label, and all it is a kind of, at least so sure, 0…1.
    ///
    /// - Parameter isSubject: Whether the picture is of it: a thing, a person, an animal; not where it was taken.
    mutating func raise(_ name: String, to confidence: Double, isSubject: Bool = true) {
        let raised = percent(confidence)
        for name in [name] + vocabulary.parents(of: name) {
            if isSubject { subjects.insert(name) }
            let place = place(of: name)
            labels[place].confidence = max(labels[place].confidence, raised)
        }
    }

    /// Makes a label, and all that is a kind of it, at most so sure, 0…1.
    mutating func lower(_ name: String, to confidence: Double) {
        let lowered = percent(confidence)
        for place in labels.indices where labels[place].name == name || labels[place].parents.contains(name) {
            labels[place].confidence = min(labels[place].confidence, lowered)
        }
    }

    /// Adds a place where a label was seen. What lies over a known one by more than 0.6 is the same thing.
    mutating func add(_ instance: Label.Instance, to name: String) {
        raise(name, to: instance.confidence / 100)
        let place = place(of: name)
        let known = labels[place].instances.firstIndex { $0.box.area.overlap(with: instance.box.area) > 0.6 }
        if let known {
            let surer = max(labels[place].instances[known].confidence, instance.confidence)
            labels[place].instances[known].confidence = surer
        } else {
            labels[place].instances.append(instance)
        }
    }

    /// Puts the places of a label in, in place of those it had.
    mutating func set(_ instances: [Label.Instance], of name: String) {
        let place = place(of: name)
        labels[place].instances = instances.sorted { $0.confidence > $1.confidence }
    }

    /// The labels of which the picture is first, then what tells of its setting, kind and light; each surest first, and the
    /// more specific first among equals.
    var ranked: [Label] {
        // A label has more parents than any of its parents has.
        func rank(_ label: Label) -> (Int, Double, Int) {
            (subjects.contains(label.name) ? 1 : 0, label.confidence, label.parents.count)
        }
        return labels.sorted { rank($0) == rank($1) ? $0.name < $1.name : rank($0) > rank($1) }
    }

    /// Where a label was seen.
    func instances(of name: String) -> [Label.Instance] {
        places[name].map { labels[$0].instances } ?? []
    }

    private mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        labels.append(vocabulary.described(name))
        places[name] = labels.count - 1
        return labels.count - 1
    }
}

extension Box {
    fileprivate var area: Area { Area(left: left, top: top, width: width, height: height) }
}

internal import Domain

extension Analysis {
    /// Adds things that were found with a box to the labels: a label gets an instance for each and is at least as sure as
    /// the surest; what it is a kind of becomes at least as sure. What two detectors found in the same place under the same
    /// name is one instance.
    mutating func add(_ objects: [(label: String, instance: Label.Instance)], names: ObjectNames) {
        for object in objects {
            let label = raise(object.label, to: object.instance.confidence, names: names)
            labels[label].add(object.instance)
            for parent in labels[label].parents {
                _ = raise(parent, to: object.instance.confidence, names: names)
            }
        }
        labels = labels.ranked()
    }

    /// Makes a label at least so sure, and adds it when it is missing; returns its place.
    private mutating func raise(_ name: String, to confidence: Double, names: ObjectNames) -> Int {
        if let place = labels.firstIndex(where: { $0.name == name }) {
            labels[place].confidence = max(labels[place].confidence, confidence)
            return place
        }
        labels.append(Label(name: name, confidence: confidence, parents: names.parents(of: name)))
        return labels.count - 1
    }
}

extension Label {
    fileprivate mutating func add(_ instance: Instance) {
        let same = instances.firstIndex { $0.box.area.overlap(with: instance.box.area) > 0.6 }
        if let same {
            instances[same].confidence = max(instances[same].confidence, instance.confidence)
        } else {
            instances.append(instance)
        }
    }
}

extension Box {
    fileprivate var area: Area { Area(left: left, top: top, width: width, height: height) }
}

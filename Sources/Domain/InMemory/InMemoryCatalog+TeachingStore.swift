extension InMemoryCatalog: TeachingStore {
    /// All taught labels, by name.
    public func taughtLabels() -> [TaughtLabel] {
        taught.keys.compactMap(taughtLabel).sorted { $0.name.description < $1.name.description }
    }

    /// The labels with a lesson that is not learned yet.
    public func unlearned() -> [LabelName] {
        taughtLabels().filter { $0.learned != $0.lesson }.map(\.name)
    }

    /// One taught label.
    public func taughtLabel(_ name: LabelName) -> TaughtLabel? {
        guard var label = taught[name] else { return nil }
        let marks = photos.values.compactMap { photo in photo.marks.first { $0.name == name } }
        label.yes = marks.count { $0.verdict == true }
        label.no = marks.count { $0.verdict == false }
        label.photos = marks.count { ($0.shownConfidence ?? 0) >= PhotoQuery.standardConfidence }
        return label
    }

    /// Remembers what people say of photos.
    public func teach(_ lesson: Lesson) throws(TeachingError) -> Bool {
        let unknown = lesson.verdicts.keys.filter { photos[$0] == nil }
        guard unknown.isEmpty else { throw .unknownPhotos(unknown.sorted()) }
        let isNew = taught[lesson.name] == nil
        taught[lesson.name, default: TaughtLabel(name: lesson.name)].lesson += 1
        for (id, verdict) in lesson.verdicts {
            change(lesson.name, on: id) { $0.verdict = verdict }
        }
        return isNew
    }

    /// The examples of a label.
    public func examples(of name: LabelName) -> [TaughtExample] {
        photos.values.sorted { $0.id < $1.id }.compactMap { photo in
            guard let verdict = photo.marks.first(where: { $0.name == name })?.verdict else { return nil }
            let vector = vectors[photo.id]?.picture
            return TaughtExample(
                photo: photo.id, sha256: photo.content.sha256, isYes: verdict, vector: vector,
                model: vector == nil ? nil : model(of: photo))
        }
    }

    /// The photos with these originals, the newest of each.
    public func photos(withContent hashes: [String]) -> [String: PhotoID] {
        let wanted = photos.values.filter { hashes.contains($0.content.sha256) }
        return Dictionary(wanted.map { ($0.content.sha256, $0.id) }) { max($0, $1) }
    }

    /// Which models have made vectors.
    public func vectorModels() -> Set<String> {
        Set(photos.values.filter { vectors[$0.id]?.picture != nil }.compactMap(model))
    }

    /// The first vectors there are.
    public func sample(_ count: Int, of model: String) -> [(photo: PhotoID, vector: FeatureVector)] {
        photos.values.sorted { $0.id < $1.id }.filter { self.model(of: $0) == model }
            .compactMap { photo in vectors[photo.id]?.picture.map { (photo.id, $0) } }.prefix(count).map { $0 }
    }

    /// Keeps a classifier.
    public func keep(_ classifier: LinearClassifier?, measure: TeachingMeasure?, of name: LabelName) -> Bool {
        guard taught[name] != nil else { return false }
        taught[name]?.classifier = classifier
        taught[name]?.measure = measure
        return true
    }

    /// Holds every photo against a classifier.
    public func apply(_ name: LabelName, lesson: Int) {
        guard taught[name] != nil else { return }
        for id in photos.keys where vectors[id]?.picture != nil { hold(id, against: name) }
        taught[name]?.learned = lesson
    }

    /// The photos about which a classifier is least sure.
    public func unsure(_ name: LabelName, limit: Int) -> [Photo] {
        func doubt(_ photo: Photo) -> Double? {
            photo.marks.first { $0.name == name && $0.verdict == nil }?.confidence.map { abs($0 - 50) }
        }
        let open = photos.values.compactMap { photo in doubt(photo).map { (doubt: $0, photo: current(photo)) } }
        return open.sorted { ($0.doubt, $1.photo.id) < ($1.doubt, $0.photo.id) }.prefix(limit).map(\.photo)
    }

    /// Forgets a label.
    public func forgetTaughtLabel(_ name: LabelName) -> Bool {
        for id in photos.keys {
            change(name, on: id) { mark in
                mark.verdict = nil
                mark.confidence = nil
            }
        }
        return taught.removeValue(forKey: name) != nil
    }

    /// Holds a photo that was just settled against every classifier.
    func mark(_ id: PhotoID) {
        for name in taught.keys {
            if photos[id]?.marks.contains(where: { $0.name == name && $0.verdict != nil }) == true {
                taught[name]?.lesson += 1
            }
            hold(id, against: name)
        }
    }

    private func hold(_ id: PhotoID, against name: LabelName) {
        let classifier = taught[name]?.classifier
        let isOwn = classifier != nil && photos[id].flatMap(model) == classifier?.model
        let confidence = isOwn ? vectors[id]?.picture.flatMap { classifier?.confidence(of: $0) } : nil
        change(name, on: id) { $0.confidence = confidence }
    }

    private func change(_ name: LabelName, on id: PhotoID, _ change: (inout TaughtMark) -> Void) {
        guard var photo = photos[id] else { return }
        let before = photo.marks.first { $0.name == name }
        var mark = before ?? TaughtMark(name: name)
        change(&mark)
        let isSeen = mark.verdict != nil || (mark.confidence ?? 0) >= TaughtMark.floor
        guard isSeen ? mark != before : before != nil else { return }
        photo.marks.removeAll { $0.name == name }
        if isSeen { photo.marks.append(mark) }
        photo.marks.sort { $0.name.description < $1.name.description }
        photo.revision += 1
        photos[id] = photo
    }

    private func model(of photo: Photo) -> String? {
        guard case .analysed(let findings) = photo.state else { return nil }
        return findings.analysis.vectorModel
    }
}

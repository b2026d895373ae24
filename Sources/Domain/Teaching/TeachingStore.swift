/// The labels that people taught, with their examples. What people said of a photo outlasts every new analysis of it, and
/// goes with the photo.
public protocol TeachingStore: Sendable {
    /// All taught labels, by name.
    func taughtLabels() async throws(StoreError) -> [TaughtLabel]

    /// The labels with a lesson that is not learned yet. Asked again and again, so it counts no photos.
    func unlearned() async throws(StoreError) -> [LabelName]

    /// One taught label; `nil` when there is none.
    func taughtLabel(_ name: LabelName) async throws(StoreError) -> TaughtLabel?

    /// Remembers what people say of photos, all of it or nothing, and shows it at once. The first lesson makes the label;
    /// `true` when this one did.
    func teach(_ lesson: Lesson) async throws(TeachingError) -> Bool

    /// The examples of a label, in the order of their photos.
    func examples(of name: LabelName) async throws(StoreError) -> [TaughtExample]

    /// The photos whose originals have these hashes, the newest of each.
    func photos(withContent hashes: [String]) async throws(StoreError) -> [String: PhotoID]

    /// Which models have made vectors of photos here.
    func vectorModels() async throws(StoreError) -> Set<String>

    /// The vectors of about so many photos from everywhere in the catalogue, the same as long as it is the same.
    func sample(_ count: Int, of model: String) async throws(StoreError) -> [(photo: PhotoID, vector: FeatureVector)]

    /// Keeps a classifier, or none, in place of what was there; from then on new photos are held against it. `false` when
    /// the label is gone.
    func keep(
        _ classifier: LinearClassifier?, measure: TeachingMeasure?, of name: LabelName
    ) async throws(StoreError) -> Bool

    /// Holds every photo of the catalogue against the label's classifier, step by step so that others get their turn, and
    /// notes that this was made of `lesson`. Stops early when the label changes meanwhile.
    func apply(_ name: LabelName, lesson: Int) async throws(StoreError)

    /// The photos that nobody judged and that the classifier is least sure of, those first that it is most likely to be
    /// wrong about in either way.
    func unsure(_ name: LabelName, limit: Int) async throws(StoreError) -> [Photo]

    /// Forgets a label with all its examples and takes it off every photo; `false` when there was none.
    func forgetTaughtLabel(_ name: LabelName) async throws(StoreError) -> Bool
}

/// What people say of photos and one label.
public struct Lesson: Sendable, Equatable {
    /// The label.
    public var name: LabelName
    /// What is said of each photo: it is one, it is none, or (`nil`) what was said before is taken back.
    public var verdicts: [PhotoID: Bool?]

    /// Describes a lesson.
    public init(_ name: LabelName, verdicts: [PhotoID: Bool?]) {
        self.name = name
        self.verdicts = verdicts
    }
}

/// Why a lesson is not learned.
public enum TeachingError: Error, Sendable, Equatable {
    /// There are no photos with these ids.
    case unknownPhotos([PhotoID])
    /// The store failed.
    case store(StoreError)
}

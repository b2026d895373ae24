import Domain
import Foundation
import Testing

@Suite("Teaching store", .serialized)
struct TeachingContract {
    typealias Store = Catalog & JobQueue & SearchIndex & TeachingStore
    private let beach = LabelName("Beach")

    /// Puts a photo in and settles it with labels and a vector.
    private func add(
        _ key: String, _ vector: [Float]?, labels: [(String, Double)] = [], model: String? = "net-int8@1",
        to store: any Store
    ) async throws -> PhotoID {
        let photo = try Sample.photo(key, sha256: key)
        _ = try await store.admit(photo)
        try await settle(vector, labels: labels, model: model, in: store)
        return photo.id
    }

    private func settle(
        _ vector: [Float]?, labels: [(String, Double)] = [], model: String? = "net-int8@1", in store: any Store
    ) async throws {
        let lease = try #require(try await store.lease(for: .seconds(60)))
        var findings = Sample.findings(labels)
        findings.analysis.vector = vector.map { FeatureVector($0) }
        findings.analysis.models = model.map { ["labels": $0] } ?? [:]
        #expect(try await store.settle(lease, as: .analysed(findings)))
    }

    /// Sure of vectors that point along the first of two axes.
    private func classifier(model: String = "net@1") throws -> LinearClassifier {
        try #require(LinearClassifier(model: model, weights: [1, 0], threshold: 0.5, slope: 10))
    }

    private func found(_ label: String, in store: any Store) async throws -> [String] {
        try await store.photos(matching: PhotoQuery(labels: [label]), after: nil, limit: 50).photos
            .map(\.key.description).sorted()
    }

    @Test("what a person says is shown at once and found", arguments: Implementation.allCases)
    func verdicts(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let yes = try await add("yes", [1, 0], to: store)
        let no = try await add("no", [1, 0], labels: [("Beach", 90), ("Sea", 80)], to: store)
        let before = try #require(try await store.photo(yes)).revision
        #expect(try await store.teach(Lesson(name, verdicts: [yes: true, no: false])))
        #expect(try await store.teach(Lesson(name, verdicts: [yes: true])) == false)

        let photo = try #require(try await store.photo(yes))
        #expect(photo.revision > before)
        #expect(photo.labels.map(\.name) == ["Beach"])
        #expect(photo.labels.first?.taught == true)
        #expect(try await store.photo(no)?.labels.map(\.name) == ["Sea"])
        #expect(try await found("Beach", in: store) == ["yes"])
        let words = PhotoQuery(words: ["beach"])
        #expect(try await store.photos(matching: words, after: nil, limit: 9).photos.map(\.id) == [yes])
        #expect(try await store.labelCounts().map(\.name) == ["Beach", "Sea"])
        #expect(try await store.summary(of: nil).labels.map(\.name).sorted() == ["Beach", "Sea"])
        let shouted = try #require(LabelName("BEACH"))
        let label = try #require(try await store.taughtLabel(shouted))
        #expect((label.name.description, label.yes, label.no, label.photos) == ("Beach", 1, 1, 1))
        #expect(label.lesson != label.learned)
        #expect(try await store.unlearned() == [label.name])
    }

    @Test("what is taken back leaves nothing", arguments: Implementation.allCases)
    func takenBack(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let id = try await add("a", [1, 0], labels: [("Beach", 60)], to: store)
        _ = try await store.teach(Lesson(name, verdicts: [id: false]))
        #expect(try await found("Beach", in: store) == [])
        _ = try await store.teach(Lesson(name, verdicts: [id: nil]))
        #expect(try await found("Beach", in: store) == ["a"])
        #expect(try await store.photo(id)?.marks == [])
        #expect(try await store.examples(of: name) == [])
    }

    @Test("a photo that is not there spoils the whole lesson", arguments: Implementation.allCases)
    func unknown(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let id = try await add("a", [1, 0], to: store)
        let nobody = PhotoID()
        await #expect(throws: TeachingError.unknownPhotos([nobody])) {
            _ = try await store.teach(Lesson(name, verdicts: [id: true, nobody: true]))
        }
        #expect(try await store.taughtLabels() == [])
        #expect(try await store.photo(id)?.marks == [])
    }

    @Test("a classifier is applied to what is there and to what comes", arguments: Implementation.allCases)
    func applied(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let example = try await add("example", [0, 1], to: store)
        let rejected = try await add("rejected", [1, 0], to: store)
        for number in 1...3 { _ = try await add("sand \(number)", [1, 0.1 * Float(number)], to: store) }
        _ = try await add("forest", [0.2, 1], labels: [("Tree", 90)], to: store)
        _ = try await add("foreign", [1, 0], model: "other@1", to: store)
        _ = try await add("blind", nil, to: store)
        _ = try await store.teach(Lesson(name, verdicts: [example: true, rejected: false]))
        let measure = TeachingMeasure(shown: 2, right: 2, yes: 3, judged: 4)
        #expect(try await store.keep(try classifier(), measure: measure, of: name))
        let lesson = try #require(try await store.taughtLabel(name)).lesson
        try await store.apply(name, lesson: lesson)

        let all = ["example", "sand 1", "sand 2", "sand 3"]
        #expect(try await found("Beach", in: store) == all)
        let label = try #require(try await store.taughtLabel(name))
        #expect(label.measure == measure)
        #expect(label.classifier == (try classifier()))
        #expect((label.photos, label.learned) == (4, lesson))
        #expect(try await store.unlearned() == [])

        _ = try await add("new sand", [1, 0], to: store)
        _ = try await add("new forest", [0, 1], to: store)
        #expect(try await found("Beach", in: store) == (all + ["new sand"]).sorted())

        #expect(try await store.keep(nil, measure: nil, of: name))
        try await store.apply(name, lesson: lesson)
        #expect(try await found("Beach", in: store) == ["example"])
        #expect(try await store.labelCounts().map(\.name) == ["Beach", "Tree"])
    }

    @Test("those it is least sure of come first, judged ones never", arguments: Implementation.allCases)
    func unsure(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let judged = try await add("judged", [0.5, 0.87], to: store)
        _ = try await add("sure", [1, 0], to: store)
        _ = try await add("even", [0.49, 0.87], to: store)
        _ = try await add("rather", [0.6, 0.8], to: store)
        _ = try await store.teach(Lesson(name, verdicts: [judged: true]))
        #expect(try await store.keep(try classifier(), measure: nil, of: name))
        try await store.apply(name, lesson: 1)
        #expect(try await store.unsure(name, limit: 2).map(\.key.description) == ["even", "rather"])
    }

    @Test("examples outlast a failure and a new look", arguments: Implementation.allCases)
    func newLook(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let photo = try Sample.photo("a", sha256: "a")
        _ = try await store.admit(photo)
        _ = try await store.teach(Lesson(name, verdicts: [photo.id: true]))
        #expect(try await store.examples(of: name).map(\.vector) == [nil])
        #expect(try await found("Beach", in: store) == ["a"], "found although it was not looked at")
        let failing = try #require(try await store.lease(for: .seconds(60)))
        #expect(try await store.settle(failing, as: .failed(Failure(.damaged, "The file ends early."))))
        let lesson = try #require(try await store.taughtLabel(name)).lesson
        #expect(try await store.retry(photo.id))
        try await settle([0, 2], in: store)
        let example = try #require(try await store.examples(of: name).first)
        #expect((example.photo, example.sha256, example.isYes, example.model) == (photo.id, "a", true, "net@1"))
        #expect(example.vector == FeatureVector([0, 1]))
        #expect(try #require(try await store.taughtLabel(name)).lesson > lesson, "there is something new to learn")
        #expect(try await store.photo(photo.id)?.labels.map(\.name) == ["Beach"])
        #expect(try await store.delete(photo.id))
        #expect(try await store.examples(of: name) == [])
    }

    @Test("a forgotten label leaves what the models found", arguments: Implementation.allCases)
    func forgotten(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        let name = try #require(beach)
        let id = try await add("a", [1, 0], labels: [("Beach", 60)], to: store)
        _ = try await add("b", [1, 0], to: store)
        _ = try await store.teach(Lesson(name, verdicts: [id: false]))
        #expect(try await store.keep(try classifier(), measure: nil, of: name))
        try await store.apply(name, lesson: 1)
        #expect(try await found("Beach", in: store) == ["b"])
        #expect(try await store.forgetTaughtLabel(name))
        #expect(try await store.forgetTaughtLabel(name) == false)
        #expect(try await store.taughtLabels() == [])
        #expect(try await found("Beach", in: store) == ["a"])
        #expect(try await store.photo(id)?.labels.map(\.taught) == [nil])
        #expect(try await store.keep(try classifier(), measure: nil, of: name) == false)
    }

    @Test("what a trainer needs to know of the catalogue", arguments: Implementation.allCases)
    func readings(_ implementation: Implementation) async throws {
        let store = try implementation.catalog()
        #expect(try await store.vectorModels() == [])
        #expect(try await store.sample(5, of: "net@1").isEmpty)
        var ids: Set<PhotoID> = []
        for number in 0..<9 { ids.insert(try await add("\(number)", [1, Float(number)], to: store)) }
        _ = try await add("foreign", [1, 0], model: "other-fp32@2", to: store)
        #expect(try await store.vectorModels() == ["net@1", "other@2"])
        let sample = try await store.sample(5, of: "net@1")
        #expect((3...5).contains(Set(sample.map(\.photo)).count))
        #expect(Set(sample.map(\.photo)).isSubset(of: ids))
        #expect(try await store.sample(50, of: "net@1").count == 9)
        let found = try await store.photos(withContent: ["3", "nothing"])
        #expect(found.keys.sorted() == ["3"])
        let third = try #require(found["3"])
        #expect(try await store.photo(third)?.key.description == "3")
    }
}

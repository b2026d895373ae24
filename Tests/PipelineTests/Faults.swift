import Domain
import Foundation
import Pipeline
import Synchronization
import Telemetry
import Testing

/// A decoder that fails on demand: the faults that real pictures bring only by chance.
final class FaultyDecoder: PictureDecoder {
    enum Behaviour: Sendable {
        case decode
        case fail(ProcessingError)
    }

    private let plan: Mutex<[PhotoBytes: [Behaviour]]>
    private let onDecode: @Sendable () async -> Void

    typealias PhotoBytes = [UInt8]

    /// For each picture's bytes, what happens at the first try, the second…; afterwards it decodes.
    init(_ plan: [PhotoBytes: [Behaviour]] = [:], onDecode: @escaping @Sendable () async -> Void = {}) {
        self.plan = Mutex(plan)
        self.onDecode = onDecode
    }

    func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
        let bytes = file.head(file.size)
        await onDecode()
        let next: Behaviour? = plan.withLock { plan in
            guard plan[bytes]?.isEmpty == false else { return nil }
            return plan[bytes]?.removeFirst()
        }
        if case .fail(let error) = next { throw error }
        return DecodedPicture(
            facts: PictureFacts(
                width: 4, height: 3, format: .jpeg, camera: String(decoding: bytes.dropFirst(4), as: UTF8.self)),
            thumbnail: Array("thumbnail".utf8), views: [:])
    }
}

/// Sees the same in everything.
struct ConstantAnalyzer: Analyzer {
    var onSee: @Sendable () async -> Void = {}

    func views(for kinds: Set<AnalysisKind>) -> [PictureView] { [] }

    func models(for kinds: Set<AnalysisKind>) -> [String: String] { [:] }

    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) async -> Analysis {
        await onSee()
        return Analysis(
            states: Dictionary(uniqueKeysWithValues: kinds.map { ($0, .done) }),
            labels: [Label(name: "Thing", confidence: 99)])
    }
}

/// A pipeline on stores in memory.
struct TestPipeline {
    let catalog = InMemoryCatalog()
    let objects = InMemoryObjectStore()
    let settlements = Settlements()
    let bell = Bell()
    let metrics = Metrics()

    var limits = IntakeLimits(fileBytes: 1000)
    var intake: Intake {
        Intake(objects: objects, catalog: catalog, queue: catalog, bell: bell, metrics: metrics, limits: limits)
    }
    var removal: PhotoRemoval { PhotoRemoval(catalog: catalog, objects: objects, settlements: settlements) }

    func lanes(_ decoders: [any PictureDecoder], onSee: @escaping @Sendable () async -> Void = {}) -> Lanes {
        lanes(decoders, analyzer: ConstantAnalyzer(onSee: onSee))
    }

    func lanes(_ decoders: [any PictureDecoder], analyzer: any Analyzer) -> Lanes {
        Lanes(
            decoders.map { PictureExaminer(decoder: $0, analyzer: analyzer, metrics: metrics) },
            catalog: catalog, queue: catalog, objects: objects, settlements: settlements, bell: bell, metrics: metrics)
    }

    /// Puts a picture in that consists of these bytes behind a JPEG's first ones.
    func add(_ tail: String, key: String? = nil) async throws -> Photo {
        try await intake.receive(Chunks([Self.jpeg(tail)]), into: .incoming, key: key.flatMap { PhotoKey($0) }).photo
    }

    static func jpeg(_ tail: String) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0] + Array(tail.utf8)
    }

    /// The photo once it is settled.
    func settled(_ photo: Photo) async throws -> Photo? {
        try await settlements.photo(photo.id, within: .seconds(30)) { [catalog] in await catalog.photo(photo.id) }
    }
}

/// A body that comes in pieces and may break off.
struct Chunks: AsyncSequence, Sendable {
    struct BrokenOff: Error {}

    let chunks: [[UInt8]]
    let breaksOff: Bool

    init(_ chunks: [[UInt8]], breaksOff: Bool = false) {
        self.chunks = chunks
        self.breaksOff = breaksOff
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(rest: chunks[...], breaksOff: breaksOff)
    }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        let breaksOff: Bool

        mutating func next() async throws -> [UInt8]? {
            if rest.isEmpty, breaksOff { throw BrokenOff() }
            return rest.popFirst()
        }
    }
}

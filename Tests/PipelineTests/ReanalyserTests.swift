import Domain
import Foundation
import Pipeline
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReanalyserTests {
    private let pipeline = TestPipeline()

    private func reanalyser(_ analyzer: any Analyzer = Eye(model: "new@1")) -> Reanalyser {
        Reanalyser(
            store: pipeline.catalog, catalog: pipeline.catalog, analyzer: analyzer, bell: pipeline.bell, limit: 2)
    }

    /// Photos that an older model looked at.
    private func addAnalysed(_ count: Int) async throws -> [PhotoID] {
        var ids: [PhotoID] = []
        for number in 0..<count {
            let photo = try await pipeline.add("\(number)", key: "\(number)")
            let lease = try #require(try await pipeline.catalog.lease(for: .seconds(60)))
            let picture = PictureFacts(width: 4, height: 3, format: .jpeg)
            let analysis = Analysis(states: [.labels: .done], models: ["labels": "old@1"])
            #expect(
                try await pipeline.catalog.settle(
                    lease, as: .analysed(Findings(picture: picture, analysis: analysis))))
            ids.append(photo.id)
        }
        return ids
    }

    private func ended() async -> Reanalysis {
        while true {
            let mark = pipeline.bell.mark
            if let last = await pipeline.catalog.reanalyses().first, last.endedAt != nil { return last }
            await pipeline.bell.wait(past: mark)
        }
    }

    @Test func itGoesOnWithWhatWasNotOverAndComesToAnEnd() async throws {
        let ids = try await addAnalysed(7)
        let before = reanalyser()
        #expect(try await before.stalePhotos() == 7)
        #expect(try await before.begin(nil, onlyStale: true).isNew)
        let after = reanalyser()
        await after.start()
        let lanes = pipeline.lanes([FaultyDecoder(), FaultyDecoder()], analyzer: Eye(model: "new@1"))
        await lanes.start()
        let run = await ended()
        #expect((run.total, run.done, run.failed) == (7, 7, 0))
        #expect(try await after.stalePhotos() == 0)
        guard case .analysed(let findings) = await pipeline.catalog.photo(ids[0])?.state else {
            Issue.record("it is no longer analysed")
            return
        }
        #expect(findings.analysis.models == ["labels": "new@1"])
        await after.stop()
        await lanes.stop()
    }

    @Test func onePhotoThatBringsTheDecoderDownFailsAlone() async throws {
        let ids = try await addAnalysed(4)
        let crash = ProcessingError.crash(Failure(.decoderCrashed, "It brings the decoder down."))
        let plan = [TestPipeline.jpeg("1"): [FaultyDecoder.Behaviour.fail(crash), .fail(crash), .fail(crash)]]
        let known = await pipeline.catalog.photo(ids[1])
        let reanalyser = reanalyser()
        await reanalyser.start()
        let lanes = pipeline.lanes([FaultyDecoder(plan)], analyzer: Eye(model: "new@1"))
        await lanes.start()
        _ = try await reanalyser.begin(.incoming, onlyStale: false)
        let run = await ended()
        #expect((run.total, run.done, run.failed) == (4, 3, 1))
        #expect(await pipeline.catalog.photo(ids[1]) == known)
        let failures = await pipeline.catalog.reanalysisFailures(run.number, limit: 9)
        #expect(failures.map(\.failure.code) == [.decoderCrashed])
        await reanalyser.stop()
        await lanes.stop()
    }

    @Test func whereAModelIsGoneWhatWasKnownStays() async throws {
        let ids = try await addAnalysed(1)
        let known = await pipeline.catalog.photo(ids[0])
        let reanalyser = reanalyser(Eye(model: nil))
        #expect(try await reanalyser.stalePhotos() == 0)
        await reanalyser.start()
        let lanes = pipeline.lanes([FaultyDecoder()], analyzer: Eye(model: nil))
        await lanes.start()
        _ = try await reanalyser.begin(nil, onlyStale: false)
        let run = await ended()
        #expect((run.done, run.failed) == (0, 1))
        #expect(await pipeline.catalog.photo(ids[0]) == known)
        #expect(await pipeline.catalog.failureOfSecondLook(at: ids[0])?.code == .analysisLost)
        await reanalyser.stop()
        await lanes.stop()
    }

    @Test func aNewPhotoFindsAFreeLaneWhileOthersAreLookedAtAgain() async throws {
        let held = Bell()
        let isHeld = Atomic(true)
        _ = try await addAnalysed(4)
        let analyzer = Eye(model: "new@1") { picture in
            // Those that are looked at again stay in their lane until the new one is through.
            while picture != "new", isHeld.load(ordering: .acquiring) { await held.wait(past: held.mark) }
        }
        let reanalyser = reanalyser()
        await reanalyser.start()
        let lanes = pipeline.lanes([FaultyDecoder(), FaultyDecoder()], analyzer: analyzer)
        await lanes.start()
        _ = try await reanalyser.begin(nil, onlyStale: true)
        while await pipeline.catalog.depth().leased == 0 { await pipeline.bell.wait(past: pipeline.bell.mark) }
        let new = try await pipeline.add("new", key: "new")
        #expect(try await pipeline.settled(new)?.status == .analysed)
        #expect(await pipeline.catalog.depth().leased == 1)
        isHeld.store(false, ordering: .releasing)
        held.ring()
        #expect(await ended().done == 4)
        await reanalyser.stop()
        await lanes.stop()
    }
}

/// Sees a thing in everything, by a model of some version, or by none. It cannot tell pictures apart but by what they tell.
private struct Eye: Analyzer {
    let model: String?
    var onSee: @Sendable (String) async -> Void = { _ in }

    func views(for kinds: Set<AnalysisKind>) -> [PictureView] { [] }

    func models(for kinds: Set<AnalysisKind>) -> [String: String] {
        model.map { ["labels": $0] } ?? [:]
    }

    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) async -> Analysis {
        await onSee(picture.facts.camera ?? "")
        return Analysis(states: [.labels: model == nil ? .unavailable : .done], models: models(for: kinds))
    }
}

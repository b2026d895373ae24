public import Domain
import Teaching
import Telemetry
import Threading

/// Learns what people teach: trains a label's classifier on its examples and holds the catalogue against it, one label
/// after the other, on a thread of its own at low priority.
///
/// What is to be learned is written in the store. So a lesson that a crash interrupts is learned after it, and an example
/// that waited for its vector is used once the vector is there.
public actor Teacher {
    /// The labels it looks after.
    public nonisolated let store: any TeachingStore
    private let thread = ThreadExecutor(name: "teacher", niceness: 5)
    private var waiting: [LabelName: Task<Void, any Error>] = [:]
    private var last: Task<Void, any Error>?
    private var round: Task<Void, Never>?

    /// How often it looks for lessons that nobody brought.
    private static let patience = Duration.seconds(2)

    /// A teacher for the labels of a store.
    public init(store: any TeachingStore) {
        self.store = store
    }

    /// Looks after lessons by itself from now on.
    public func start() {
        guard round == nil else { return }
        round = Task { [weak self] in
            while !Task.isCancelled {
                await self?.catchUp()
                try? await Task.sleep(for: Self.patience)
            }
        }
    }

    /// Lets the lesson in hand be finished, then returns.
    public func stop() async {
        round?.cancel()
        await round?.value
        round = nil
        _ = await last?.result
    }

    /// Learns what is new about a label; returns once the whole catalogue has been held against it. Whoever asks while it
    /// waits for its turn shares the one that is to come.
    public func learn(_ name: LabelName) async throws {
        if let queued = waiting[name] { return try await queued.value }
        let before = last
        let task = Task { [thread] in
            _ = await before?.result
            waiting[name] = nil
            try await Task(executorPreference: thread) { [store] in try await Self.learn(name, store) }.value
        }
        waiting[name] = task
        last = task
        try await task.value
    }

    private func catchUp() async {
        do {
            for name in try await store.unlearned() { try await learn(name) }
        } catch {
            Log.warning("a label cannot be learned; it is tried again", ["reason": "\(error)"])
        }
    }

    private static func learn(_ name: LabelName, _ store: any TeachingStore) async throws {
        guard let label = try await store.taughtLabel(name), label.learned != label.lesson else { return }
        let start = ContinuousClock.now
        let examples = try await store.examples(of: name).filter { $0.vector != nil }
        let model = mostFrequent(examples.compactMap(\.model))
        if let model, let trainer = try await trainer(model, examples, store) {
            let (classifier, measure) = trainer.train()
            guard try await store.keep(classifier, measure: measure, of: name) else { return }
        } else if label.yes + label.no > 0 {
            // One that came from elsewhere holds until there are examples here to make a better one.
            let stays = label.classifier != nil && label.yes < TaughtLabel.neededExamples
            guard
                try await store.keep(
                    stays ? label.classifier : nil, measure: stays ? label.measure : nil, of: name)
            else { return }
        }
        let trained = ContinuousClock.now
        try await store.apply(name, lesson: label.lesson)
        Log.info(
            "label learned",
            [
                "label": name, "examples": label.yes, "counterexamples": label.no,
                "training": "\(trained - start)", "applying": "\(ContinuousClock.now - trained)",
            ])
    }

    private static func trainer(
        _ model: String, _ examples: [TaughtExample], _ store: any TeachingStore
    ) async throws -> LabelTrainer? {
        let usable = examples.filter { $0.model == model }
        guard usable.count(where: \.isYes) >= TaughtLabel.neededExamples else { return nil }
        let judged = Set(examples.map(\.photo))
        let sample = try await store.sample(LabelTrainer.sampleSize, of: model)
        return LabelTrainer(
            model: model, yes: usable.filter(\.isYes).compactMap(\.vector),
            no: usable.filter { !$0.isYes }.compactMap(\.vector),
            sample: sample.filter { !judged.contains($0.photo) }.map(\.vector))
    }

    private static func mostFrequent(_ models: [String]) -> String? {
        let counts = Dictionary(grouping: models) { $0 }.mapValues(\.count)
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
}

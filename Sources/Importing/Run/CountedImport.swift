import Domain

/// Brings files in, counts what becomes of them, and has their photos waited for.
struct CountedImport: Sendable {
    let file: FileImport
    let tally: ImportTally
    /// Who waits until photos are looked at; `nil` when nobody does.
    let watch: SettlementWatch?

    /// Throws what ends the whole import; everything about the file itself is counted.
    func bring(_ found: FoundFile) async throws {
        tally.begin(found.path)
        switch try await file.bring(found) {
        case .stored(let storing, let photo): record(storing, photo, from: found.path)
        case .missed(let fate, let failure): tally.record(fate, found.path, failure)
        case .known: break
        }
    }

    private func record(_ storing: ImportReport.Storing, _ photo: StoredPhoto, from path: String) {
        let isSettled = photo.status == .analysed || photo.status == .failed
        let isFinished = photo.status == .analysed || (!isSettled && watch == nil)
        tally.stored(storing, isSettled: isSettled, isFinished: isFinished)
        if photo.status == .failed { tally.record(.failed, path, photo.error ?? .unknown) }
        if !isSettled { watch?.add(photo.id, from: path) }
    }
}

extension Failure {
    static let unknown = Failure(.init(rawValue: "unknown"), "The server does not say why.")
}

import Domain
import Foundation

/// Prints documents in the order of their files, each as soon as those before it are there.
struct AnalysisReport {
    let asJSON: Bool
    let total: Int

    /// Prints all; returns how many failed.
    func print(_ documents: AsyncStream<(Int, PhotoDocument)>) async throws -> Int {
        var progress = ProgressLine(total: total)
        var early: [Int: PhotoDocument] = [:]
        var next = 0
        var failures = 0
        for await (place, document) in documents {
            early[place] = document
            progress.clear()
            while let document = early.removeValue(forKey: next) {
                next += 1
                if document.status == .failed { failures += 1 }
                Terminal.print(try line(for: document) + "\n")
            }
            progress.advance()
        }
        progress.clear()
        return failures
    }

    private func line(for document: PhotoDocument) throws -> String {
        if asJSON { return String(decoding: try document.json(), as: UTF8.self) }
        let size = document.width.flatMap { width in document.height.map { "\(width)×\($0)" } }
        let facts = [size, document.format?.rawValue.uppercased(), document.takenAt?.local]
        let colours = document.analysis?.properties?.dominantColors.prefix(3).map(\.cssColor).joined(separator: ", ")
        let detail = (facts + [colours]).compactMap { $0 }.joined(separator: " ")
        return [Terminal.visible(document.file ?? ""), document.summary, Terminal.dim(detail)]
            .filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

import Cryptography
public import Domain
import Foundation
import Telemetry

/// Looks at files where they lie, and stores nothing.
public struct FileExaminer: Sendable {
    private let examiner: PictureExaminer
    private let kinds: Set<AnalysisKind>

    /// Everything but who people are, which only a catalogue with groups of people can tell.
    public static let allKinds = Set(AnalysisKind.allCases).subtracting([.people])

    /// Looks with these eyes for these things.
    public init(decoder: any PictureDecoder, analyzer: any Analyzer, kinds: Set<AnalysisKind> = allKinds) {
        self.kinds = kinds
        examiner = PictureExaminer(decoder: decoder, analyzer: analyzer, metrics: Metrics())
    }

    /// What is in the file at `path`, looking for what this examiner looks for; a failure is an answer too.
    public func document(of path: String, limits: LabelLimits) async -> PhotoDocument {
        var content: Photo.Content?
        do throws(Failure) {
            let file = try OpenFile(path: path)
            content = try Photo.Content(of: file, at: path)
            let findings = try await findings(of: file)
            return PhotoDocument(file: path, content: content, outcome: .analysed(findings), limits: limits)
        } catch {
            return PhotoDocument(file: path, content: content, outcome: .failed(error), limits: limits)
        }
    }

    private func findings(of file: OpenFile) async throws(Failure) -> Findings {
        var crashes = 0
        while true {
            do throws(ProcessingError) {
                let picture = try await examiner.decode(file, for: kinds, thumbnailSide: nil)
                return try await examiner.see(picture, for: kinds)
            } catch {
                switch error {
                case .permanent(let failure): throw failure
                case .crash(let failure):
                    crashes += 1
                    if crashes >= Lane.maximumCrashes { throw failure }
                case .transient(let reason): throw Failure(.decoderCrashed, reason)
                }
            }
        }
    }
}

extension Photo.Content {
    /// Counts and hashes a file.
    fileprivate init(of file: OpenFile, at path: String) throws(Failure) {
        var hash = SHA256()
        var bytes = 0
        while true {
            let place = bytes
            let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 17) { buffer, count in
                count = max(0, pread(file.descriptor, buffer.baseAddress, buffer.count, off_t(place)))
            }
            guard !chunk.isEmpty else { break }
            hash.update(chunk)
            bytes += chunk.count
        }
        guard bytes == file.size else { throw Failure(.unreadable, "\(path) cannot be read to its end.") }
        self.init(bytes: bytes, sha256: hash.hexadecimal())
    }
}

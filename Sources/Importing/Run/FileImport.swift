import Cryptography
import Domain
import Foundation

/// Sees to one file: is it a picture, is it there already, and if not, puts it in.
struct FileImport: Sendable {
    let bucket: BucketName
    let prefix: String?
    let door: PatientDoor
    /// Whether its photos go behind those of others.
    var isBatch = true

    /// What became of one file.
    enum Outcome: Sendable {
        case stored(ImportReport.Storing, StoredPhoto)
        case missed(ImportReport.Fate, Failure)
        /// Not asked for: whoever called knew it.
        case known
    }

    /// Brings a file in, unless `isKnown` says of a picture that it need not be.
    ///
    /// Throws what ends the whole import; everything about the file itself is its outcome.
    func bring(_ file: FoundFile, unless isKnown: (OpenFile) throws(Failure) -> Bool = { _ in false }) async throws
        -> Outcome
    {
        do {
            let picture = try pictureFile(file)
            let key = try refusing { () throws(Failure) in try file.key(below: prefix) }
            if try isKnown(picture) { return .known }
            return try await bring(picture, as: key)
        } catch let misfit as Misfit {
            return .missed(misfit.fate, misfit.failure)
        } catch let failure as Failure {
            return .missed(.failed, failure)
        } catch DoorError.fileChanged {
            return .missed(.failed, .changed)
        }
    }

    /// The file, open; what the door would not take for a picture is not even sent.
    private func pictureFile(_ file: FoundFile) throws -> OpenFile {
        let opened = try file.open()
        guard opened.size > 0 else { throw Misfit(fate: .leftOut, failure: .empty) }
        let head = opened.head(Failure.signatureLength)
        guard ImageFormat(signature: head) != nil else {
            throw Misfit(fate: .leftOut, failure: .unrecognised(head))
        }
        return opened
    }

    private func bring(_ file: OpenFile, as key: PhotoKey) async throws -> Outcome {
        let there = try await photo(under: key)
        if let there, there.bytes == file.size, try file.sha256() == there.sha256 { return .stored(.present, there) }
        let name = key.description.queryEncoded
        let priority = isBatch ? "&priority=batch" : ""
        let (answer, isRepeated) = try await door.ask(
            "/api/v1/buckets/\(bucket)/photos?key=\(name)\(priority)&maxLabels=0", sending: file)
        switch answer.status {
        case 201, 202: break
        // What is there may have come with a try whose answer was lost.
        case 200: if !isRepeated { return .stored(.present, try answer.value(StoredPhoto.self)) }
        case 404: throw ImportStop.server(answer.problem.message)
        case 400..<500: throw Misfit(fate: .refused, failure: answer.problem)
        default: throw answer.problem
        }
        return .stored(there == nil ? .new : .replaced, try answer.value(StoredPhoto.self))
    }

    private func photo(under key: PhotoKey) async throws -> StoredPhoto? {
        let name = key.description.queryEncoded
        let (answer, _) = try await door.ask("/api/v1/photos?bucket=\(bucket)&key=\(name)&maxLabels=0")
        guard answer.status == 200 else { throw answer.problem }
        return try answer.value(StoredPhotos.self).photos.first { $0.key == key }
    }

    private func refusing<Result>(_ body: () throws(Failure) -> Result) throws(Misfit) -> Result {
        do throws(Failure) {
            return try body()
        } catch {
            throw Misfit(fate: .refused, failure: error)
        }
    }

    /// Why a file does not get in, other than by failing.
    private struct Misfit: Error {
        let fate: ImportReport.Fate
        let failure: Failure
    }
}

extension Failure {
    fileprivate static let empty = Failure(.init(rawValue: "empty"), "The file is empty.")
    fileprivate static let changed = Failure(
        .init(rawValue: "changed"), "The file changed while it was read. Import it again.")
}

extension OpenFile {
    /// The SHA-256 of the file as it is now, read from its start.
    func sha256() throws(Failure) -> String {
        var hash = SHA256()
        var place = 0
        while true {
            var count = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, filled in
                count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
                filled = max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(.unreadable, "The file cannot be read: \(systemError()).") }
            guard count > 0 else { return hash.hexadecimal() }
            hash.update(piece)
            place += count
        }
    }
}

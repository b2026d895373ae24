public import Confinement
public import Domain
import Foundation
import Telemetry

/// Decodes in a confined process, so that hostile bytes meet nothing but that process.
public struct ConfinedDecoder: PictureDecoder {
    private let process: ConfinedProcess

    /// Decodes with a process that answers `DecodeOrder`s with `DecodeAnswer`s, both as JSON.
    public init(_ process: ConfinedProcess) {
        self.process = process
    }

    /// Decodes one picture.
    public func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
        let (answer, reply) = try await ask(file, order)
        switch answer {
        case .failure(let failure):
            if let detail = failure.detail { Log.debug("the decoder refused a picture", ["reason": detail]) }
            throw .permanent(Failure(failure.code, failure.message))
        case .report(let report):
            guard let picture = report.picture(for: order, in: reply.output) else { throw .crash(.decoderLied) }
            return picture
        }
    }

    private func ask(
        _ file: OpenFile, _ order: DecodeOrder
    ) async throws(ProcessingError) -> (DecodeAnswer, ConfinedReply) {
        do {
            let request = Array(try JSONEncoder().encode(order))
            defer { withExtendedLifetime(file) {} }
            let reply = try await process.run(request, file: file.descriptor, output: order.outputCapacity)
            return (try JSONDecoder().decode(DecodeAnswer.self, from: Data(reply.message)), reply)
        } catch let error as ConfinementError {
            throw ProcessingError(error)
        } catch {
            throw .crash(.decoderLied)
        }
    }
}

extension ProcessingError {
    fileprivate init(_ error: ConfinementError) {
        switch error {
        case .crashed(let ending):
            Log.warning("the decoder died over a picture", ["ending": ending])
            self = .crash(
                Failure(
                    .decoderCrashed,
                    "The picture brings the decoder down. Save it again with another program and send that."))
        case .timedOut(let seconds):
            self = .crash(
                Failure(
                    .decodeLimit,
                    "Decoding took longer than \(seconds) seconds. Send a smaller version, or save it in another format."
                ))
        case .misbehaved(let reason):
            Log.warning("the decoder misbehaved over a picture", ["reason": reason])
            self = .crash(.decoderLied)
        case .cannotStart, .refused:
            self = .transient(reason: error.description)
        }
    }
}

extension Failure {
    fileprivate static let decoderLied = Failure(
        .decoderCrashed, "The decoder gave an answer that makes no sense. Save the picture again and send that.")
}

extension DecodeReport {
    /// The pixels that the report tells of; `nil` when it does not fit the order.
    fileprivate func picture(for order: DecodeOrder, in output: ConfinedOutput) -> DecodedPicture? {
        guard fits(order) else { return nil }
        var pixels: [String: Pixels] = [:]
        for (ordered, view) in zip(order.views, views) {
            guard let rgb = output.bytes(view.bytes) else { return nil }
            pixels[ordered.name] = Pixels(width: view.width, height: view.height, rgb: rgb)
        }
        return DecodedPicture(facts: facts, thumbnail: thumbnail.flatMap(output.bytes), views: pixels)
    }
}

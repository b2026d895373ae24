extension Exchange: RequestBodySource {
    func next() async throws(RequestBodyError) -> [UInt8]? {
        let piece: IncomingBody.Piece = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let piece: IncomingBody.Piece? = update { state in
                    if Task.isCancelled { return .interrupted }
                    let piece = state.incoming.take() ?? state.incoming.wait(continuation)
                    // There is room again, or the sender has to be told to go on.
                    if !state.incoming.isOver { state.resume() }
                    return piece
                }
                if let piece { continuation.resume(returning: piece) }
            }
        } onCancel: {
            update { $0.incoming.cancelReader() }
        }
        switch piece {
        case .bytes(let bytes): return bytes
        case .end: return nil
        case .interrupted: throw .interrupted
        case .tooSlow: throw .tooSlow
        }
    }
}

extension Exchange: BodyWriter {
    func write(_ bytes: [UInt8]) async throws {
        let goesOn = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let goesOn: Bool? = update { state in
                    if Task.isCancelled { return false }
                    state.outgoing.add(bytes)
                    state.resume()
                    return state.outgoing.wait(continuation)
                }
                if let goesOn { continuation.resume(returning: goesOn) }
            }
        } onCancel: {
            update { state in
                state.outgoing.breakOff()
                state.resume()
            }
        }
        guard goesOn else { throw CancellationError() }
    }

    /// Fills the library's buffer; `nil` when there is nothing now, and the connection waits. On the library's thread.
    func takeOutgoing(into buffer: UnsafeMutableRawBufferPointer) -> OutgoingBody.Piece? {
        update { state in
            let piece = state.isAbandoned ? .broken : state.outgoing.take(into: buffer)
            if piece == nil { state.suspend(in: context) }
            return piece
        }
    }

    /// Runs a streamed response to its end. Breaking off closes the connection, so that nobody takes a part for all.
    func pump(_ stream: StreamBody) async {
        do {
            try await stream.produce(self)
            update { state in
                state.outgoing.complete()
                state.resume()
            }
        } catch {
            update { state in
                state.outgoing.breakOff()
                state.resume()
            }
        }
    }
}

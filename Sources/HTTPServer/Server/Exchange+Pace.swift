import CMicrohttpd

extension Exchange {
    /// Ends a body that comes too slowly. The handler learns it at its next reading, and its answer goes past the library,
    /// which would wait for the rest of the body.
    func checkPace(at now: ContinuousClock.Instant) {
        let answer: Response? = update { state in
            let isWaiting = state.phase == .running && !state.isSuspended && !state.incoming.isOver
            let received = state.incoming.received
            guard state.pace.isTooSlow(received: received, isWaiting: isWaiting, at: now), isWaiting else { return nil }
            state.incoming.finish(.tooSlow)
            state.isCut = true
            return state.response
        }
        if let answer { cut(answer) }
    }

    /// Sends an answer though the body is unfinished, and closes the connection soon.
    func cut(_ response: Response) {
        guard beginLingering(response) else { return }
        let wait = context.limits.lingerSeconds
        if !sendPastLibrary(response, thenWait: wait) { context.watch.limit(connectionNumber, seconds: 0) }
    }

    /// Sends the answer past the library, which cannot send one while a body comes in, then drops what still comes for
    /// a while: closing at once would make the system throw the answer away before its reader has seen it.
    func answerEarly(_ response: Response) -> MHD_Result {
        guard beginLingering(response) else { return .YES }
        return sendPastLibrary(response, thenWait: Double(context.limits.idleSeconds)) ? .YES : .NO
    }

    /// Drops what still comes; `false` where the answer is on its way already.
    private func beginLingering(_ response: Response) -> Bool {
        update { state in
            guard state.phase != .lingering, state.phase != .answering else { return false }
            state.phase = .lingering
            state.response = response
            state.incoming.discard()
            return true
        }
    }

    /// `false` where the answer does not fit into one go: whoever sends so long a body to a route that answers with a
    /// file or a stream has to read before it writes.
    private func sendPastLibrary(_ response: Response, thenWait seconds: Double) -> Bool {
        guard let bytes = response.wireBytes(withBody: update { !$0.isHead }) else { return false }
        return context.watch.answer(connectionNumber, bytes, thenWait: seconds)
    }
}

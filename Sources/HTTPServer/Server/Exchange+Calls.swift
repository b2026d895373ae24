import CMicrohttpd

/// What the library's thread asks, call by call: once after the headers, once for each piece of the body, and at its
/// end until there is a response.
extension Exchange {
    /// One call of the library's access handler; takes all of `data`.
    func proceed(
        _ connection: OpaquePointer, data: UnsafeRawBufferPointer, head: () -> RequestHead
    ) -> MHD_Result {
        let handle = ConnectionHandle(pointer: connection)
        let phase: Phase? = update { state in
            guard !state.isAbandoned, !context.isStopping else { return nil }
            state.connection = handle
            return state.phase
        }
        return switch phase {
        case nil: .NO
        case .new: begin(connection, head())
        case .beforeContinue: goOn(connection)
        case .running: data.isEmpty ? answer(connection) : receive(connection, data)
        case .answering: answer(connection)
        case .lingering: linger(data)
        }
    }

    /// The headers are there.
    private func begin(_ connection: OpaquePointer, _ head: RequestHead) -> MHD_Result {
        update { $0.isHead = head.method == Method.head.rawValue }
        let admission = head.admission(
            router: context.router, limits: context.limits, hostGuard: context.hostGuard, body: self
        )
        switch admission {
        case .admitted(let request, let framing):
            let waits = head.expectsContinue && framing != .none
            update { state in
                state.contentLength = framing.contentLength
                state.phase = waits ? .beforeContinue : .running
            }
            start(request)
            return waits ? goOnOnceWanted(connection) : .YES
        case .refused(let request, let problem, let framing):
            return refuse(connection, context.router.refuse(request, problem), framing, head)
        case .broken(let request, let problem):
            return queue(context.router.refuse(request, problem), on: connection)
        }
    }

    private func refuse(
        _ connection: OpaquePointer, _ response: Response, _ framing: RequestFraming, _ head: RequestHead
    ) -> MHD_Result {
        if framing.contentLength == 0 {
            // Answered in the call to come, for an answer in the first one would close the connection.
            update { $0.phase = .running }
            deliver(response)
            return .YES
        }
        return head.expectsContinue ? queue(response, on: connection) : answerEarly(response)
    }

    /// Waits for the handler to want the body. Whether it does is asked only once: a connection that was suspended is
    /// called again, even when it is resumed before this call is over, and that call must not be taken for the body's end.
    private func goOnOnceWanted(_ connection: OpaquePointer) -> MHD_Result {
        let isSuspended = update { state in
            if state.response == nil, !state.incoming.isWanted { state.suspend(in: context) }
            return state.isSuspended
        }
        return isSuspended ? .YES : goOn(connection)
    }

    /// The handler wants the body, or has answered without.
    private func goOn(_ connection: OpaquePointer) -> MHD_Result {
        let response = update { state in
            state.phase = .running
            return state.response
        }
        return response.map { queue($0, on: connection) } ?? .YES
    }

    /// A piece of the body.
    private func receive(_ connection: OpaquePointer, _ data: UnsafeRawBufferPointer) -> MHD_Result {
        let early: Response? = update { state in
            state.incoming.add(data)
            guard let response = state.response else {
                if state.incoming.count >= context.limits.bodyBuffer { state.suspend(in: context) }
                return nil
            }
            let rest = (state.contentLength ?? 0) - state.incoming.received
            return max(rest, state.incoming.discarded) > context.limits.drainBytes ? response : nil
        }
        return early.map { answerEarly($0) } ?? .YES
    }

    /// The body is complete: answer, or wait for the answer.
    private func answer(_ connection: OpaquePointer) -> MHD_Result {
        let response: Response? = update { state in
            state.phase = .answering
            state.incoming.finish(.complete)
            if state.response == nil {
                if state.hasPeerLeft { state.isCancelDue = true }
                state.suspend(in: context)
            }
            return state.response
        }
        return response.map { queue($0, on: connection) } ?? .YES
    }

    /// Drops what still comes, up to a limit.
    private func linger(_ data: UnsafeRawBufferPointer) -> MHD_Result {
        let discarded = update { state in
            state.incoming.add(data)
            return state.incoming.discarded
        }
        return data.isEmpty || discarded > context.limits.lingerBytes ? .NO : .YES
    }
}

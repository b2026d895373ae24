import CMicrohttpd

// What libmicrohttpd calls on its threads. Top-level functions, because a closure written in a main-actor context would
// be bound to the main thread and stop the program here.

/// The number the watch gave a connection.
func connectionNumber(_ connection: OpaquePointer) -> UInt {
    guard let context = microhttpd_info(connection, .CONNECTION_INFO_SOCKET_CONTEXT)?.pointee.socket_context
    else { return 0 }
    return UInt(bitPattern: context)
}

private func context(_ pointer: UnsafeMutableRawPointer?) -> DaemonContext? {
    pointer.map { Unmanaged<DaemonContext>.fromOpaque($0).takeUnretainedValue() }
}

/// The request line is read. The exchange made here belongs to the library until `requestCompleted`.
func requestStarted(
    _ pointer: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context = context(pointer), let target, let connection else { return nil }
    let number = connectionNumber(connection)
    // One that was refused has no number, and nothing that it asks is looked at.
    guard number != 0 else { return nil }
    context.watch.requestLine(on: number)
    // What is no text is no target either; an empty one is refused like any that is not well-formed.
    let exchange = Exchange(
        target: String(validatingCString: target) ?? "", connectionNumber: number, context: context)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// The headers, a piece of the body, or its end.
func requestProceeds(
    _ pointer: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context = context(pointer), let connection, let method, let version, let size,
        let raw = request?.pointee
    else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size.pointee)
    size.pointee = 0
    return exchange.proceed(connection, data: bytes) {
        context.watch.began(exchange, on: exchange.connectionNumber)
        return RequestHead(
            connection, method: String(cString: method), target: exchange.target, version: String(cString: version)
        )
    }
}

/// The response is sent, or the connection broke.
func requestCompleted(
    _ pointer: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ how: MHD_RequestTerminationCode
) {
    guard let context = context(pointer), let connection, let raw = request?.pointee else { return }
    request?.pointee = nil
    context.watch.ended(on: connectionNumber(connection))
    Unmanaged<Exchange>.fromOpaque(raw).takeRetainedValue().finished()
}

/// A connection was opened, or is about to be closed.
func connectionChanged(
    _ pointer: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ how: MHD_ConnectionNotificationCode
) {
    guard let context = context(pointer), let connection, let socketContext else { return }
    if how == .CONNECTION_NOTIFY_STARTED {
        guard let descriptor = microhttpd_info(connection, .CONNECTION_INFO_CONNECTION_FD)?.pointee.connect_fd
        else { return }
        let address = microhttpd_info(connection, .CONNECTION_INFO_CLIENT_ADDRESS)?.pointee.client_addr
        let number = context.watch.opened(descriptor, from: address.flatMap { ClientAddress($0) })
        socketContext.pointee = number.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
    } else {
        context.watch.closed(UInt(bitPattern: socketContext.pointee))
    }
}

/// Fills the library's buffer from a streamed response.
func readOutgoing(
    _ pointer: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
    guard let pointer, let buffer else { return -2 }
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
    // MHD_CONTENT_READER_END_OF_STREAM is -1, MHD_CONTENT_READER_END_WITH_ERROR is -2; casts do not import.
    return switch exchange.takeOutgoing(into: UnsafeMutableRawBufferPointer(start: buffer, count: size)) {
    case .bytes(let count): count
    case .end: -1
    case .broken: -2
    case nil: 0
    }
}

/// The library has let go of a streamed response.
func releaseExchange(_ pointer: UnsafeMutableRawPointer?) {
    if let pointer { Unmanaged<Exchange>.fromOpaque(pointer).release() }
}

/// The body of an answer to `HEAD` is never asked for.
func readNothing(
    _ pointer: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
    -1
}

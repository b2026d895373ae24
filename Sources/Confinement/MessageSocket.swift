import CSeccomp
import Foundation

/// One end of a socket that carries whole messages, each with up to two descriptors, between parent and child.
///
/// A message is a kind and its bytes, at most 64 KiB together. Owns its descriptor.
final class MessageSocket: Sendable {
    static let maximumLength = 65_536

    let descriptor: Int32

    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Both ends of a new socket, which no other program inherits.
    static func pair() throws(SystemError) -> (MessageSocket, MessageSocket) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError("socketpair") }
        return (MessageSocket(owning: ends[0]), MessageSocket(owning: ends[1]))
    }

    func send(_ kind: Message.Kind, _ bytes: [UInt8] = [], descriptors: [Int32] = []) throws(SystemError) {
        let packet = [kind.rawValue] + bytes
        let sent = confinement_send(descriptor, packet, packet.count, descriptors, Int32(descriptors.count))
        guard sent == packet.count else { throw SystemError("sendmsg") }
    }

    /// Whether nothing comes for so many milliseconds.
    func isQuiet(for milliseconds: Int32) -> Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&event, 1, milliseconds) == 0
    }

    /// The next message; `nil` when the other side is gone.
    func receive() throws(SystemError) -> Message? {
        var packet = [UInt8](repeating: 0, count: Self.maximumLength)
        var descriptors: [Int32] = [-1, -1]
        var count: Int32 = 0
        let length = confinement_receive(descriptor, &packet, packet.count, &descriptors, &count)
        let received = descriptors.prefix(Int(count)).map(Descriptor.init(owning:))
        // A reset connection is a peer that died with something still unread.
        guard length > 0 || (length < 0 && errno != ECONNRESET) else { return nil }
        guard length > 0 else { throw SystemError("recvmsg") }
        guard let kind = Message.Kind(rawValue: packet[0]) else {
            throw SystemError("recvmsg", code: EPROTO)
        }
        return Message(kind: kind, bytes: Array(packet[1..<length]), descriptors: received)
    }
}

/// What goes over a ``MessageSocket``.
struct Message {
    enum Kind: UInt8 {
        /// Parent to child, first of all: the ceilings, as JSON.
        case ceilings
        /// Child to parent: confined and waiting for requests.
        case ready
        /// Child to parent: why it cannot serve, in words.
        case unable
        /// Parent to child: a request, with the input's and the output's descriptors.
        case request
        /// Child to parent: the answer to the request.
        case reply
    }

    let kind: Kind
    let bytes: [UInt8]
    let descriptors: [Descriptor]
}

import Foundation

/// What a read of the kernel's queue holds: inotify(7), `struct inotify_event`, each with a name of its own length.
struct KernelMessages: Sequence, IteratorProtocol {
    struct Message {
        /// The number under which the folder is listened to.
        let folder: Int32
        let mask: UInt32
        /// Of the file in the folder; empty when it is about the folder itself.
        let name: [UInt8]
    }

    private static let headerLength = 16

    let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func next() -> Message? {
        guard place + Self.headerLength <= bytes.count else { return nil }
        let folder = bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)
        let mask = bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
        let length = Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
        let start = place + Self.headerLength
        guard start + length <= bytes.count else { return nil }
        place = start + length
        // Filled up with zeros.
        return Message(folder: folder, mask: mask, name: Array(bytes[start..<place].prefix { $0 != 0 }))
    }
}

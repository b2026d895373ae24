import CSeccomp
import Foundation

/// The answer of a confined process. All of it comes from code that has met hostile bytes: check it before use.
public struct ConfinedReply: Sendable {
    /// The message.
    public let message: [UInt8]
    /// What the process wrote.
    public let output: ConfinedOutput
}

/// Memory that a confined process wrote its output into. It goes when the last reference goes.
public final class ConfinedOutput: Sendable {
    /// Its size in bytes.
    public let capacity: Int
    let descriptor: Descriptor

    /// Makes memory of a fixed size; pages that are never written cost nothing.
    init(capacity: Int) throws(SystemError) {
        let number = confinement_memory("confined-output")
        guard number >= 0 else { throw SystemError("memfd_create") }
        descriptor = Descriptor(owning: number)
        self.capacity = capacity
        guard ftruncate(number, off_t(capacity)) == 0 else { throw SystemError("ftruncate") }
        // Its size is settled, so a hostile process cannot grow it to fill the machine's memory.
        guard fcntl(number, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0 else {
            throw SystemError("fcntl(F_ADD_SEALS)")
        }
    }

    /// Copies bytes out; `nil` when the range is not inside the output.
    ///
    /// Reads rather than maps, so nothing that the process does can change or take away what was copied.
    public func bytes(_ range: Range<Int>) -> [UInt8]? {
        guard range.lowerBound >= 0, range.upperBound <= capacity else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count, let base = buffer.baseAddress {
                let got = pread(
                    descriptor.number, base + count, range.count - count, off_t(range.lowerBound + count))
                guard got > 0 else { break }
                count += got
            }
        }
        return bytes.count == range.count ? bytes : nil
    }
}

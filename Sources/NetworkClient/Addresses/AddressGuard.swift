import CCurl
import Foundation

/// Makes the connections of one transfer, to addresses that may be connected to.
final class AddressGuard {
    private let policy: AddressPolicy
    private let host: String
    /// An address that was refused.
    private(set) var refused: NetworkAddress?
    /// Whether an address was tried.
    private(set) var hasTried = false

    init(_ policy: AddressPolicy, host: String) {
        self.policy = policy
        self.host = host
    }

    /// A socket for an address; `nil` when it may not be connected to.
    func open(_ address: curl_sockaddr, at place: UnsafeRawPointer) -> curl_socket_t? {
        guard let wanted = NetworkAddress(place, length: Int(address.addrlen)) else { return nil }
        guard policy.allows(wanted, of: host) else {
            refused = wanted
            return nil
        }
        hasTried = true
        let cloexec = Int32(SOCK_CLOEXEC.rawValue)
        let socket = socket(address.family, address.socktype | cloexec, address.`protocol`)
        return socket >= 0 ? socket : nil
    }
}

/// libcurl calls this with the address that it is about to connect to, after it was looked up; the context is the
/// `AddressGuard`.
func openGuardedSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return -1 }
    let place = UnsafeRawPointer(address) + offset
    return Unmanaged<AddressGuard>.fromOpaque(context).takeUnretainedValue().open(address.pointee, at: place) ?? -1
}

import NetworkClient
import Testing

@Suite struct AddressPolicyTests {
    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e",
        "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ]) func thePublicInternetMayBeReached(address: String) throws {
        #expect(AddressPolicy.publicOnly.allows(try #require(NetworkAddress(address)), of: "example.org"))
    }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "169.254.169.254", "10.0.0.1", "10.255.255.255",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1",
        "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "192.88.99.1", "224.0.0.251", "239.255.255.250",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1", "ff0e::1", "2001:db8::1",
        "2001::1", "2001:10::1", "3fff::1", "100::1", "64:ff9b:1::1", "4000::1", "5f00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:0", "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::c0a8:101", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1",
        "2002:c0a8:101::1",
    ]) func whatIsNotPublicIsRefusedUnlessItIsAllowed(address: String) throws {
        let refused = try #require(NetworkAddress(address))
        #expect(!AddressPolicy.publicOnly.allows(refused, of: "example.org"))
        #expect(try AddressPolicy(allowing: address).allows(refused, of: "example.org"))
        #expect(try AddressPolicy(allowing: "0.0.0.0/0, ::/0").allows(refused, of: "example.org"))
        #expect(try AddressPolicy(allowing: "home.example").allows(refused, of: "Home.Example"))
        #expect(try !AddressPolicy(allowing: "home.example").allows(refused, of: "x.home.example"))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/9", "10.128.0.0", false),
        ("192.168.1.128/25", "192.168.1.127", false),
        ("192.168.1.128/25", "192.168.1.128", true), ("fd00::/8", "fd12::1", true), ("fd00::/8", "fc12::1", false),
        ("127.0.0.1", "127.0.0.2", false), ("127.0.0.1", "::ffff:127.0.0.1", true), ("[::1]", "::1", true),
        ("fe80::/10", "febf::1", true), ("0.0.0.0/0", "::1", false),
    ]) func aRangeIsReadToItsBit(range: String, address: String, allowed: Bool) throws {
        let policy = try AddressPolicy(allowing: range)
        #expect(policy.allows(try #require(NetworkAddress(address)), of: "x") == allowed)
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/-1", "10.0.0", "300.1.1.1", "::/129", "http://x", "a b/8", "*", "10.0.0.0/",
    ])
    func whatCannotBeReadIsNamed(list: String) {
        #expect(throws: AddressPolicy.UnreadableEntry.self) { try AddressPolicy(allowing: "127.0.0.1,\(list)") }
    }

    @Test func addressesAreWrittenAsUsual() throws {
        #expect(NetworkAddress("010.0.0.1") == nil)
        #expect(try #require(NetworkAddress("::ffff:7f00:1")).unwrapped.description == "127.0.0.1")
        #expect(try #require(NetworkAddress("2001:0db8::0001")).description == "2001:db8::1")
        #expect(NetworkAddress(bytes: [1, 2, 3]) == nil)
    }
}

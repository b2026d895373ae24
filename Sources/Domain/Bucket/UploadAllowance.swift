/// How much one address may put into a bucket where anybody may.
public struct UploadAllowance: Sendable, Hashable, Codable {
    /// Pictures within a minute.
    public var perMinute: Int
    /// Pictures within a day.
    public var perDay: Int

    /// What one address may where nobody says otherwise.
    public static let standard = UploadAllowance(perMinute: 60, perDay: 1000)

    /// The most that can be said.
    public static let most = 10_000_000

    /// Describes an allowance.
    public init(perMinute: Int, perDay: Int) {
        self.perMinute = perMinute
        self.perDay = perDay
    }
}

/// What somebody wants to be told of at once.
public struct AlertRule: Sendable, Equatable, Codable {
    /// Its name, one of its own.
    public var name: AlertName
    /// What a photo must have.
    public var condition: AlertCondition
    /// The bucket whose photos are looked at; all where there is none.
    public var bucket: BucketName?
    /// Who is told.
    public var notify: [Recipient]
    /// For how many seconds after it spoke it is silent.
    public var quietSeconds: Int

    /// Describes a rule.
    public init(
        name: AlertName, condition: AlertCondition, bucket: BucketName? = nil, notify: [Recipient],
        quietSeconds: Int = 0
    ) {
        self.name = name
        self.condition = condition
        self.bucket = bucket
        self.notify = notify
        self.quietSeconds = quietSeconds
    }

    /// The longest silence: a year.
    public static let longestQuiet = 366 * 86_400
}

/// The name of an alert: 1 to 64 characters, none of them a control character, no space at an end.
public struct AlertName: Hashable, Sendable, WrittenAsText {
    /// The name as given.
    public let description: String

    /// Accepts a legal name; `nil` for anything else.
    public init?(_ text: String) {
        let isPrintable = !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "/" }
        guard (1...64).contains(text.count), text.utf8.count <= 256, isPrintable, text.first != " ", text.last != " "
        else { return nil }
        description = text
    }

    /// What can be written, for whoever wrote something else.
    public static let rule = "1 to 64 characters without slashes and control characters"
}

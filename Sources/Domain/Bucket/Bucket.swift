/// An inbox with rules: every way of putting a picture in ends in a bucket, and the bucket says what happens to it.
public struct Bucket: Sendable, Equatable {
    /// Its name, as clients say it.
    public let name: BucketName
    /// Who may put pictures in.
    public var upload: UploadAccess
    /// Who may see what is in it.
    public var view: ViewAccess
    /// What is looked for in its pictures.
    public var analyses: Set<AnalysisKind>
    /// What becomes of the originals.
    public var retention: Retention
    /// Who is told of each result.
    public var notify: [Recipient]
    /// The pages elsewhere that may put pictures in and read the answers.
    public var origins: [WebOrigin]
    /// How much one address may put in where anybody may.
    public var allowance: UploadAllowance
    /// What is shown of what was found.
    public var limits: LabelLimits

    /// Describes a bucket; only its name and what is looked for have to be said.
    public init(
        name: BucketName, upload: UploadAccess = .owner, view: ViewAccess = .owner, analyses: Set<AnalysisKind>,
        retention: Retention = .keep, notify: [Recipient] = [], origins: [WebOrigin] = [],
        allowance: UploadAllowance = .standard, limits: LabelLimits = .standard
    ) {
        self.name = name
        self.upload = upload
        self.view = view
        self.analyses = analyses
        self.retention = retention
        self.notify = notify
        self.origins = origins
        self.allowance = allowance
        self.limits = limits
    }

    /// What is looked for where nobody says otherwise.
    public static let standardAnalyses: Set<AnalysisKind> = [.labels, .faces, .moderation, .text]

    /// The bucket that pictures go to when nobody names another.
    public static let incoming = Bucket(name: .incoming, analyses: standardAnalyses)

    /// The buckets that are there from the first start.
    public static let initial: [Bucket] = [
        Bucket(name: .images, analyses: [.labels, .faces, .people]),
        incoming,
        Bucket(
            name: .private, analyses: standardAnalyses, retention: .deleteAfterAnalysis, notify: [.owner]),
        Bucket(name: .public, upload: .anyone, analyses: standardAnalyses, retention: .deleteAfterAnalysis),
    ]
}

/// Who may put pictures into a bucket.
public enum UploadAccess: String, Sendable, Codable, CaseIterable {
    /// Whoever reaches the server, without an account, as much as the bucket's allowance says.
    case anyone
    /// Who has an account.
    case members
    /// Whose bucket it is.
    case owner
}

/// Who may see what is in a bucket.
public enum ViewAccess: String, Sendable, Codable, CaseIterable {
    /// Who has an account.
    case members
    /// Whose bucket it is.
    case owner
}

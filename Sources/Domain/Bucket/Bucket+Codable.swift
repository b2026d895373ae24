/// The JSON of a bucket. What is left out when it is read is as in a new bucket, so that rules written by an earlier
/// version hold.
extension Bucket: Codable {
    private enum CodingKeys: CodingKey {
        case name, upload, view, analyses, retention, notify, origins, allowance, limits
    }

    /// Reads a bucket.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(name: try fields.decode(BucketName.self, forKey: .name), analyses: Self.standardAnalyses)
        upload = try fields.decodeIfPresent(UploadAccess.self, forKey: .upload) ?? upload
        view = try fields.decodeIfPresent(ViewAccess.self, forKey: .view) ?? view
        analyses = try fields.decodeIfPresent(Set<AnalysisKind>.self, forKey: .analyses) ?? analyses
        retention = try fields.decodeIfPresent(Retention.self, forKey: .retention) ?? retention
        notify = try fields.decodeIfPresent([Recipient].self, forKey: .notify) ?? notify
        origins = try fields.decodeIfPresent([WebOrigin].self, forKey: .origins) ?? origins
        allowance = try fields.decodeIfPresent(UploadAllowance.self, forKey: .allowance) ?? allowance
        limits = try fields.decodeIfPresent(LabelLimits.self, forKey: .limits) ?? limits
    }

    /// Writes a bucket, what is looked for in the order of the alphabet.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(upload, forKey: .upload)
        try fields.encode(view, forKey: .view)
        try fields.encode(analyses.sorted { $0.rawValue < $1.rawValue }, forKey: .analyses)
        try fields.encode(retention, forKey: .retention)
        try fields.encode(notify, forKey: .notify)
        try fields.encode(origins, forKey: .origins)
        try fields.encode(allowance, forKey: .allowance)
        try fields.encode(limits, forKey: .limits)
    }
}

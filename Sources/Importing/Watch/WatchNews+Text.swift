public import Domain

extension WatchedFolder {
    /// What is watched and how, in a sentence.
    public var text: String {
        let time = Wording.time(rescanSeconds)
        let seconds = time.hasSuffix(" min 0 s") ? String(time.dropLast(4)) : time
        let way =
            switch (hearsChanges, share) {
            case (false, _): "It is looked through every \(seconds)."
            case (true, nil): "Changes are heard at once; all is looked through every \(seconds)."
            case (true, let share?):
                "It is a network share (\(share)): what other machines change is found every \(seconds)."
            }
        return "Watching \(Wording.visible(folder)) for pictures → \(bucket). \(way)"
    }
}

extension WatchedFile {
    /// What became of it, in a line for people; `bucket` is where pictures go.
    public func text(bucket: BucketName) -> String {
        let file = Wording.visible(path)
        let reason = Wording.visible(message ?? "")
        return switch outcome {
        case .new: "\(file) → \(bucket)"
        case .replaced: "\(file) → \(bucket), instead of what was there"
        case .present: "\(file) is in \(bucket) already"
        case .moved: "\(file) came in before, as \(reason)"
        case .leftOut: "\(file) left out: \(reason)"
        case .refused: "\(file) refused: \(reason)"
        case .failed: "\(file) failed, is tried again: \(reason)"
        }
    }
}

extension Photo {
    /// Whether this photo is the answer to bytes that come under its key: they are its own, it is not lost and, where its
    /// original was erased, they would go like that again. Else they are another photo, for somebody who brings an original
    /// back wants it kept, or looked at.
    public func answers(_ content: Content, under retention: Retention) -> Bool {
        guard self.content == content, !isLost else { return false }
        return erasedAt == nil || retention == .deleteAfterAnalysis
    }
}

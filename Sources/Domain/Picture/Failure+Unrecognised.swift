extension Failure {
    /// How many of a file's first bytes tell whether and why it is refused.
    public static let signatureLength = OtherFormat.signatureLength

    /// Why a file with these first bytes is refused: what it is, where `signatureLength` of them tell that, and what is accepted.
    public static func unrecognised(_ head: some Collection<UInt8>) -> Failure {
        let accepted = "Accepted are JPEG, PNG, WebP, HEIC, AVIF, TIFF and GIF."
        if let other = OtherFormat(signature: head) {
            return Failure(.unsupportedFormat, "The file is \(other.rawValue). \(accepted)")
        }
        return Failure(.notAnImage, "The file is not a picture of any known kind. \(accepted)")
    }
}

/// What the way in takes at most.
public struct IntakeLimits: Sendable, Equatable {
    /// The most bytes of one file.
    public var fileBytes: Int
    /// How many photos may wait to be looked at; whoever comes then is asked to come again.
    public var waitingPhotos: Int
    /// How many bytes of the disk are left alone.
    ///
    /// What was taken in still needs room: a photo's thumbnail and findings are about 20 KB, so 200 MB are enough for the
    /// 10,000 that may wait.
    public var reservedBytes: Int

    /// Sets the limits; those of a fresh installation are 50 MB a file, 10,000 photos, 200 MB left alone.
    public init(fileBytes: Int = 50_000_000, waitingPhotos: Int = 10_000, reservedBytes: Int = 200_000_000) {
        self.fileBytes = fileBytes
        self.waitingPhotos = waitingPhotos
        self.reservedBytes = reservedBytes
    }
}

extension InMemoryCatalog {
    /// Counts a photo that was looked at again.
    func count(_ outcome: Outcome, of photo: PhotoID, in reanalysis: Int?) {}
}

import Domain
import Foundation
import Pipeline

extension Service {
    /// What to say where photos were looked at by other models than would be now; `nil` where none was.
    func staleHint() async throws(StoreError) -> String? {
        let photos = try await reanalyser.stalePhotos()
        guard photos > 0 else { return nil }
        let were = photos == 1 ? "1 photo was" : "\(photos.grouped) photos were"
        return "\(were) looked at by other models; `fovea reanalyse --stale` looks again"
    }
}

extension Int {
    /// `1,234,567`, the same everywhere.
    var grouped: String {
        formatted(.number.locale(Locale(identifier: "en_US")))
    }
}

extension InstalledPerception {
    /// Whether everything can be looked for. Where a model is gone, to look again would be to know less.
    var isWhole: Bool { !states.values.contains(.unavailable) }
}

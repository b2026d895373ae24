import Domain
import Foundation
import Telemetry

extension PriceList {
    /// The list in the file that `FOVEA_PRICES` names, else the published one.
    static var ofThisInstallation: PriceList {
        guard let path = ProcessInfo.processInfo.environment["FOVEA_PRICES"], !path.isEmpty else { return .published }
        do {
            return try JSONDecoder().decode(PriceList.self, from: try Data(contentsOf: URL(filePath: path)))
        } catch {
            Log.warning(
                "the prices cannot be read; those of this version are used",
                ["file": path, "reason": "\(error)", "remedy": "docs/OPERATIONS.md shows such a file"])
            return .published
        }
    }
}

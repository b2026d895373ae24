import Telemetry

extension Metric {
    static let received = Metric("fovea_photos_received_total", .counter, help: "Photos acknowledged.")
    static let receivedBytes = Metric("fovea_received_bytes_total", .counter, help: "Bytes of acknowledged photos.")
    static let refused = Metric("fovea_photos_refused_total", .counter, help: "Uploads that were not taken in.")
    static let settled = Metric("fovea_photos_settled_total", .counter, help: "Photos looked at, by outcome.")
    static let retried = Metric("fovea_photos_retried_total", .counter, help: "Photos put back, by cause.")
    static let stage = Metric("fovea_stage_seconds", .histogram, help: "Time a photo spends in each stage of a lane.")
}

import Domain
import HTTPServer
import Telemetry

extension RESTAPI {
    /// `GET /readyz`: 200 while photos are taken in, with what works and what does not; else 503.
    func ready(_ request: Request) async throws -> Response {
        let readiness = readiness()
        _ = try await queue.depth()
        return try .json(readiness)
    }

    /// `GET /metrics`: the figures for Prometheus.
    func exposition(_ request: Request) async throws -> Response {
        let depth = try await queue.depth()
        metrics.set(.queue, ["state": "waiting"], to: Double(depth.waiting))
        metrics.set(.queue, ["state": "background"], to: Double(depth.background))
        metrics.set(.queue, ["state": "leased"], to: Double(depth.leased))
        let outbox = try await outbox.outboxDepth()
        metrics.set(.outbox, ["state": "waiting"], to: Double(outbox.waiting))
        metrics.set(.outbox, ["state": "undeliverable"], to: Double(outbox.undeliverable))
        return .data(Array(metrics.exposition().utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    }
}

extension Metric {
    fileprivate static let queue = Metric("fovea_queue_photos", .gauge, help: "Photos that wait, or that a lane holds.")
    fileprivate static let outbox = Metric(
        "fovea_outbox_deliveries", .gauge, help: "Deliveries that wait to be tried, or were given up.")
}

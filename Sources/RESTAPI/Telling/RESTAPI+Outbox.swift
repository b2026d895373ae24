import Domain
import HTTPServer
import Pipeline

/// What is still to be told, under `/api/v1/outbox`.
extension RESTAPI {
    func addOutboxRoutes(to router: inout Router) {
        let outbox = "/api/v1/outbox"
        add(.get, outbox, to: &router, deliveries)
        add(.post, outbox + "/retry", to: &router, redeliverAll)
        add(.post, outbox + "/{key}/retry", to: &router, redeliver)
        add(.delete, outbox + "/{key}", to: &router, discardDelivery)
    }

    /// `GET /outbox?limit=`: how much is still to be told, and the first of it.
    private func deliveries(_ request: Request) async throws -> Response {
        try await outboxDocument(limit: try request.integer("limit", in: 0...1000) ?? 50)
    }

    /// `POST /outbox/retry`: tries again at once all that was given up.
    private func redeliverAll(_ request: Request) async throws -> Response {
        try .json(["retried": try await courier.redeliver(nil)], status: .accepted)
    }

    /// `POST /outbox/{key}/retry`: tries one delivery again at once.
    private func redeliver(_ request: Request) async throws -> Response {
        guard try await courier.redeliver(try request.deliveryKey()) > 0 else { throw Problem.unknownDelivery }
        return try .json(["retried": 1], status: .accepted)
    }

    /// `DELETE /outbox/{key}`: takes one delivery out untold.
    private func discardDelivery(_ request: Request) async throws -> Response {
        guard try await courier.discard(try request.deliveryKey()) else { throw Problem.unknownDelivery }
        return Response(.noContent)
    }

    private func outboxDocument(limit: Int) async throws -> Response {
        try .json(
            OutboxDocument(try await outbox.outboxDepth(), deliveries: try await outbox.deliveries(limit: limit)))
    }
}

extension Request {
    /// The delivery that the path names. What is no key is no delivery.
    fileprivate func deliveryKey() throws(Problem) -> DeliveryKey {
        guard let key = parameters["key"].flatMap({ DeliveryKey($0) }) else { throw .unknownDelivery }
        return key
    }
}

extension Problem {
    fileprivate static let unknownDelivery = Problem(
        .notFound, code: "unknown_delivery",
        "There is no delivery with this key: it has arrived, or was taken out. GET /api/v1/outbox lists what is left.")
}

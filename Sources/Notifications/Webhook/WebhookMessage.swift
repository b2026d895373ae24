import Domain
import Foundation

/// The JSON of a webhook: the announcement, with the key of its delivery as `id`.
struct WebhookMessage: Encodable {
    private let id: DeliveryKey
    private let announcement: Announcement

    init(_ delivery: Delivery) {
        id = delivery.key
        announcement = delivery.announcement
    }

    func encode(to encoder: any Encoder) throws {
        try announcement.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.description, forKey: .id)
    }

    func json() throws(DeliveryError) -> Data {
        do {
            return try PhotoDocument.encoder.encode(self)
        } catch {
            throw .permanent(reason: "cannot be written as JSON: \(error)")
        }
    }

    private enum CodingKeys: CodingKey {
        case id
    }
}

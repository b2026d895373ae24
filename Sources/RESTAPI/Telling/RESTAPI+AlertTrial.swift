import Domain
import HTTPServer

extension RESTAPI {
    /// A trial looks at no more photos than this and takes no longer, so that it never keeps a server busy.
    private static let mostTried = 10_000
    private static let longestTrial = Duration.seconds(5)
    private static let pageOfTrial = 200

    /// `POST /alerts/try?limit=` with a rule as for `PUT`: which photos of the past it would have spoken of, newest first.
    /// Nothing is kept, and nobody is told.
    func tryAlert(_ request: Request) async throws -> Response {
        let limit = try request.integer("limit", in: 0...100) ?? 12
        guard let name = AlertName("try") else { throw Problem.badAlert("it has no name") }
        let rule = try await rule(name, try await AlertRuleDocument(from: request))
        let end = ContinuousClock.now + Self.longestTrial
        var trial = AlertTrialDocument(matches: 0, looked: 0, more: false, photos: [])
        var cursor: Cursor?
        repeat {
            let page = try await index.photos(
                matching: PhotoQuery(bucket: rule.bucket, status: .analysed), after: cursor, limit: Self.pageOfTrial)
            for photo in page.photos where rule.match(photo) != nil {
                trial.matches += 1
                guard trial.photos.count < limit else { continue }
                trial.photos.append(PhotoDocument(photo, limits: try request.limits(of: nil)))
            }
            trial.looked += page.photos.count
            cursor = page.next
            trial.more = cursor != nil
        } while trial.more && trial.looked < Self.mostTried && ContinuousClock.now < end
        return try .json(trial)
    }
}

import Domain
import Foundation
import HTTPServer

/// The rules of alerts, under `/api/v1/alerts`.
extension RESTAPI {
    func addAlertRoutes(to router: inout Router) {
        let path = "/api/v1/alerts"
        add(.get, path, to: &router, allAlerts)
        add(.post, path + "/try", maximumBody: AlertRuleDocument.maximumBytes, to: &router, tryAlert)
        add(.get, path + "/{name}", to: &router, alert)
        add(.put, path + "/{name}", maximumBody: AlertRuleDocument.maximumBytes, to: &router, putAlert)
        add(.delete, path + "/{name}", to: &router, deleteAlert)
    }

    /// `GET /alerts`: all of them, by name, with what they did.
    private func allAlerts(_ request: Request) async throws -> Response {
        try .json(AlertListDocument(try await alerts.alerts()))
    }

    /// `GET /alerts/{name}`: one of them.
    private func alert(_ request: Request) async throws -> Response {
        guard let name = request.alertName else { throw Problem.unknownAlert }
        return try .json(try await document(of: name))
    }

    /// `PUT /alerts/{name}` with `{condition, bucket, notify, quiet}`: keeps a rule; 201 for a new one.
    private func putAlert(_ request: Request) async throws -> Response {
        guard let name = request.alertName else {
            throw Problem.badAlert("the name of an alert is \(AlertName.rule)")
        }
        let rule = try await rule(name, try await AlertRuleDocument(from: request))
        let isNew = try await alerts.keep(rule)
        return try .json(try await document(of: name), status: isNew ? .created : .ok)
    }

    /// `DELETE /alerts/{name}`: forgets a rule.
    private func deleteAlert(_ request: Request) async throws -> Response {
        guard let name = request.alertName, try await alerts.removeAlert(name) else { throw Problem.unknownAlert }
        return Response(.noContent)
    }

    /// The rule as it was given, checked.
    func rule(_ name: AlertName, _ given: AlertRuleDocument) async throws -> AlertRule {
        let quiet = given.quiet ?? 0
        guard (0...AlertRule.longestQuiet).contains(quiet) else {
            throw Problem.badAlert("“quiet” takes seconds from 0 to \(AlertRule.longestQuiet), a year")
        }
        let notify = (given.notify ?? []).withoutRepetitions
        guard notify.count <= AlertRuleDocument.mostRecipients else {
            throw Problem.badAlert("“notify” takes at most \(AlertRuleDocument.mostRecipients) recipients")
        }
        if let bucket = given.bucket, try await catalog.bucket(bucket) == nil {
            throw try await unknownBucket("\(bucket)")
        }
        return AlertRule(
            name: name, condition: given.condition, bucket: given.bucket, notify: notify, quietSeconds: quiet)
    }

    private func document(of name: AlertName) async throws -> AlertDocument {
        guard let alert = try await alerts.alerts().first(where: { $0.rule.name == name }) else {
            throw Problem.unknownAlert
        }
        return AlertDocument(alert)
    }
}

extension Request {
    /// The alert that the path names; `nil` for what cannot be a name.
    fileprivate var alertName: AlertName? {
        parameters["name"].flatMap { AlertName($0) }
    }
}

extension Problem {
    fileprivate static let unknownAlert = Problem(
        .notFound, code: "unknown_alert", "There is no alert of this name. GET /api/v1/alerts lists them.")

    static func badAlert(_ fault: String) -> Problem {
        Problem(.unprocessableContent, code: "bad_alert", "This is no alert: \(fault).")
    }
}

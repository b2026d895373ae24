import Domain
import HTTPServer
import Pipeline
import Telemetry

extension RESTAPI {
    /// More than every rule there is takes, with a hundred addresses of the longest kind.
    static let maximumRules = 500_000

    /// `GET /buckets`: all buckets, with their rules and what they hold.
    func buckets(_ request: Request) async throws -> Response {
        let amounts = try await usage.storedAmounts()
        let waiting = try await catalog.waitingErasures()
        let buckets = try await catalog.buckets().map { bucket in
            BucketDocument(
                bucket, amount: amounts.first { $0.bucket == bucket.name },
                waiting: waiting.first { $0.bucket == bucket.name })
        }
        return try .json(BucketListDocument(buckets: buckets))
    }

    /// `GET /buckets/{bucket}`: one bucket.
    func bucket(_ request: Request) async throws -> Response {
        try .json(try await document(of: try await bucketInPath(request)))
    }

    /// `PUT /buckets/{bucket}`: makes a bucket, or gives one other rules; what is left out is as in a new bucket.
    func putBucket(_ request: Request) async throws -> Response {
        let text = request.parameters["bucket"] ?? ""
        guard let name = BucketName(text) else {
            throw Problem.badParameter("bucket", String(text.prefix(70)), expected: "a name of \(BucketName.rule)")
        }
        let form = JSONForm.bucket
        let bucket = try form.bucket(try await form.object(request, upTo: Self.maximumRules), named: name)
        let isNew = try await keep(bucket)
        let place: Headers = isNew ? ["Location": "/api/v1/buckets/\(name)"] : [:]
        return try .json(try await document(of: bucket), status: isNew ? .created : .ok, headers: place)
    }

    /// `PATCH /buckets/{bucket}`: changes the rules that are named (RFC 7396); `null` makes one as in a new bucket.
    func patchBucket(_ request: Request) async throws -> Response {
        let form = JSONForm.bucket
        let patch = try await form.object(request, upTo: Self.maximumRules)
        while true {
            let bucket = try await bucketInPath(request)
            let changed = try form.bucket(try JSONValue(bucket).merging(patch), named: bucket.name)
            // What somebody else changed meanwhile stays, and a bucket that was removed does not come back.
            guard try await catalog.change(bucket, to: changed) else { continue }
            note(changed, isNew: false)
            return try .json(try await document(of: changed))
        }
    }

    /// `DELETE /buckets/{bucket}`: removes a bucket that holds no photo and that no alert is about.
    func deleteBucket(_ request: Request) async throws -> Response {
        let name = try await bucketInPath(request).name
        if let alert = try await alerts.alerts().first(where: { $0.rule.bucket == name }) {
            throw Problem(
                .conflict, code: "bucket_in_alert",
                "The alert “\(alert.rule.name)” is about the bucket “\(name)”. Remove the alert first, or make it one of"
                    + " another bucket.")
        }
        switch try await catalog.removeBucket(name) {
        case .removed:
            Log.info("bucket removed", ["bucket": name])
            return Response(.noContent)
        case .notEmpty(let photos):
            let held = photos == 1 ? "1 photo" : "\(photos) photos"
            throw Problem(
                .conflict, code: "bucket_not_empty",
                "The bucket “\(name)” holds \(held). Delete them first: GET /api/v1/photos?bucket=\(name) lists them,"
                    + " DELETE /api/v1/photos/{id} removes one.")
        case .unknown: throw try await unknownBucket("\(name)")
        }
    }

    /// `GET /buckets/{bucket}/retention`: whether the bucket does what its retention says.
    func retention(_ request: Request) async throws -> Response {
        let document = try await document(of: try await bucketInPath(request))
        let proof = RetentionProof(catalog: catalog, objects: objects)
        let (erased, leftovers) = try await proof.look(into: document.bucket.name)
        return try .json(RetentionDocument(document, erased: erased, leftovers: leftovers))
    }

    /// The bucket that the path names.
    func bucketInPath(_ request: Request) async throws -> Bucket {
        try await bucket(named: request.parameters["bucket"] ?? "")
    }

    /// The bucket that the query names, which has to be there; `nil` when it names none.
    func bucketInQuery(_ request: Request) async throws -> BucketName? {
        guard let name = try request.bucketName() else { return nil }
        return try await bucket(named: name.description).name
    }

    /// The bucket of this name.
    func bucket(named name: String) async throws -> Bucket {
        guard let bucket = try await catalog.buckets().first(where: { $0.name.description == name }) else {
            throw try await unknownBucket(name)
        }
        return bucket
    }

    func unknownBucket(_ name: String) async throws(StoreError) -> Problem {
        let known = try await catalog.buckets().map(\.name.description).joined(separator: ", ")
        return Problem(.notFound, code: "unknown_bucket", "There is no bucket “\(name)”. There are: \(known).")
    }

    private func keep(_ bucket: Bucket) async throws(StoreError) -> Bool {
        let isNew = try await catalog.keep(bucket)
        note(bucket, isNew: isNew)
        return isNew
    }

    private func note(_ bucket: Bucket, isNew: Bool) {
        eraser.wake()
        Log.info(isNew ? "bucket made" : "bucket changed", ["bucket": bucket.name, "retention": bucket.retention])
    }

    private func document(of bucket: Bucket) async throws(StoreError) -> BucketDocument {
        BucketDocument(
            bucket, amount: try await usage.storedAmounts().first { $0.bucket == bucket.name },
            waiting: try await catalog.waitingErasures().first { $0.bucket == bucket.name })
    }
}

extension Problem {
    /// What is answered where the original of a photo, or what shows it, was asked for and is erased.
    static func erased(_ photo: Photo, at time: String, rule: Retention?) -> Problem {
        let reason = rule.map {
            $0 == .keep ? "as the bucket “\(photo.bucket)” said then" : "as the bucket “\(photo.bucket)” says (\($0))"
        }
        return Problem(
            .gone, code: "erased",
            "The picture was deleted at \(time), \(reason ?? "as its bucket said"). What was found in it is kept.")
    }
}

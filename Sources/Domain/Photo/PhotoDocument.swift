public import Foundation

/// The JSON of a photo, one shape everywhere: REST, command line, exports. What is not known is absent.
public struct PhotoDocument: Sendable, Equatable, Codable {
    /// The path as given, on the command line only.
    public var file: String?
    /// The id; absent on the command line, where nothing is stored.
    public var id: PhotoID?
    /// The bucket; absent on the command line.
    public var bucket: BucketName?
    /// The key; absent on the command line.
    public var key: PhotoKey?
    /// How far its way has come.
    public var status: Photo.Status
    /// Why it failed.
    public var error: Failure?
    /// Width in pixels, upright.
    public var width: Int?
    /// Height in pixels, upright.
    public var height: Int?
    /// The kind of file, by its content.
    public var format: ImageFormat?
    /// Size of the original in bytes.
    public var bytes: Int?
    /// SHA-256 of the original, hexadecimal.
    public var sha256: String?
    /// When it was acknowledged, ISO 8601 with milliseconds; absent on the command line.
    public var createdAt: String?
    /// When it was settled last, ISO 8601 with milliseconds; absent until then.
    public var settledAt: String?
    /// When its original was erased, as its bucket says, ISO 8601 with milliseconds; absent while it is kept.
    public var erasedAt: String?
    /// When it was taken.
    public var takenAt: TakenAt?
    /// Where it was taken.
    public var location: Location?
    /// What took it.
    public var camera: String?
    /// What the models say, within the limits that apply.
    public var analysis: Analysis?

    /// The document of a stored photo, its labels cut to `limits`.
    public init(_ photo: Photo, limits: LabelLimits) {
        self.init(state: photo.state, content: photo.content, marks: photo.marks, limits: limits)
        id = photo.id
        bucket = photo.bucket
        key = photo.key
        createdAt = photo.createdAt.formatted(.iso8601WithMilliseconds)
        settledAt = photo.settledAt?.formatted(.iso8601WithMilliseconds)
        erasedAt = photo.erasedAt?.formatted(.iso8601WithMilliseconds)
    }

    /// The document of a file that was looked at where it lies.
    public init(file: String, content: Photo.Content?, outcome: Outcome, limits: LabelLimits) {
        let state: Photo.State =
            switch outcome {
            case .analysed(let findings): .analysed(findings)
            case .failed(let failure): .failed(failure)
            }
        self.init(state: state, content: content, limits: limits)
        self.file = file
    }

    private init(
        state: Photo.State, content: Photo.Content?, marks: [TaughtMark] = [], limits: LabelLimits
    ) {
        bytes = content?.bytes
        sha256 = content?.sha256
        switch state {
        case .queued: status = .queued
        case .analysing: status = .analysing
        case .failed(let failure):
            status = .failed
            error = failure
        case .analysed(let findings):
            status = .analysed
            width = findings.picture.width
            height = findings.picture.height
            format = findings.picture.format
            takenAt = findings.picture.takenAt
            location = findings.picture.location
            camera = findings.picture.camera
            analysis = findings.analysis.taught(marks).shown(within: limits)
        }
    }

    /// The document as one line of JSON, keys sorted so that the same photo gives the same bytes.
    public func json() throws -> Data {
        try Self.encoder.encode(self)
    }

    /// The encoder of every document that leaves the house.
    public static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// The JSON of one page of photos.
public struct PhotoListDocument: Sendable, Equatable, Codable {
    /// The photos, newest first.
    public var photos: [PhotoDocument]
    /// Where the next page begins; absent at the end.
    public var next: String?

    /// Describes a page.
    public init(photos: [PhotoDocument], next: String?) {
        self.photos = photos
        self.next = next
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    /// `2026-01-31T12:34:56.789Z`.
    public static var iso8601WithMilliseconds: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    }
}

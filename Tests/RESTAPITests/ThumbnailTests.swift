import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct ThumbnailTests {
    /// Says what it was asked to make.
    private struct Echo: PictureDecoder {
        func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
            DecodedPicture(
                facts: PictureFacts(width: 4, height: 3, format: .jpeg),
                thumbnail: Array("\(order.thumbnailSide ?? 0)".utf8), views: [:])
        }
    }

    private struct Failing: PictureDecoder {
        let error: ProcessingError

        func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
            throw error
        }
    }

    private func path(_ id: PhotoID, _ size: String? = nil) -> String {
        "/api/v1/photos/\(id)/thumbnail" + (size.map { "?size=\($0)" } ?? "")
    }

    @Test func theSmallOneComesWithTheAnalysis() async throws {
        let api = TestAPI()
        let id = try await api.add("x", key: "a.jpg")
        let early = try await api.ask(.get, path(id))
        #expect(early.status == 404)
        #expect(try early.text("code") == "thumbnail_not_ready")
        try await api.settleNext([])
        let thumbnail = try await api.ask(.get, path(id, "256"))
        #expect(thumbnail.headers["Content-Type"] == "image/webp")
        #expect(thumbnail.bytes == Array("thumbnail".utf8))
        #expect(try await api.ask(.get, path(id, "7")).text("code") == "bad_parameter")
    }

    @Test func theLargeOneIsMadeWhenAskedFor() async throws {
        let api = TestAPI(decoder: Echo())
        let id = try await api.add("x", key: "a.jpg")
        let key = ObjectKey(id, .thumbnail1440)
        #expect(try await api.opened(key) == nil)
        let thumbnail = try await api.ask(.get, path(id, "1440"))
        #expect(thumbnail.status == 200)
        #expect(thumbnail.headers["Content-Type"] == "image/webp")
        #expect(thumbnail.bytes == Array("1440".utf8))
        #expect(try await api.opened(key) != nil)
        let tag = try #require(thumbnail.headers["ETag"])
        #expect(try await api.ask(.get, path(id, "1440"), headers: ["If-None-Match": tag]).status == 304)
        #expect(try await api.ask(.delete, "/api/v1/photos/\(id)").status == 204)
        #expect(try await api.opened(key) == nil)
        #expect(try await api.ask(.get, path(id, "1440")).text("code") == "unknown_photo")
    }

    @Test(arguments: [
        (ProcessingError.permanent(Failure(.tooManyPixels, "Too many.")), 422, "too_many_pixels"),
        (.crash(Failure(.decoderCrashed, "It brings the decoder down.")), 422, "decoder_crashed"),
        (.transient(reason: "no process"), 503, "decoder_unavailable"),
    ])
    func whatCannotBeMadeSaysWhy(_ error: ProcessingError, _ status: Int, _ code: String) async throws {
        let api = TestAPI(decoder: Failing(error: error))
        let id = try await api.add("x", key: "a.jpg")
        let answer = try await api.ask(.get, path(id, "1440"))
        #expect(answer.status == status)
        #expect(try answer.text("code") == code)
    }

    @Test func aPhotoThatFailedIsNotTriedAgain() async throws {
        let api = TestAPI(decoder: Echo())
        let id = try await api.add("x", key: "a.jpg")
        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        #expect(try await api.catalog.settle(lease, as: .failed(Failure(.damaged, "It ends early."))))
        for size in ["256", "1440"] {
            #expect(try await api.ask(.get, path(id, size)).text("code") == "no_thumbnail")
        }
    }
}

extension TestAPI {
    fileprivate func opened(_ key: ObjectKey) async throws -> OpenFile? {
        try await objects.open(key)
    }
}

import Domain
import Foundation

@testable import Imaging

/// Safe, because it is only used inside `turn`.
private nonisolated(unsafe) let codec = Result { () throws(Failure) in try PictureCodec.start() }
private let turn = NSLock()

/// Lends the codec, and with it libvips' one error buffer, to one test at a time.
func withCodec<Result>(_ body: (PictureCodec) throws -> Result) throws -> Result {
    try turn.withLock { try body(codec.get()) }
}

/// What one decode gives.
struct Decoded {
    let facts: PictureFacts
    let views: [Pixels]
    let thumbnail: [UInt8]?

    var view: Pixels? { views.first }
}

/// Decodes a file, by default into one view of 16 × 16 pixels.
func decode(
    _ file: [UInt8], part: PictureView.Part = .centreSquare(share: 1), side: Int? = 16, thumbnail: Int? = nil,
    maximumPixels: Int = DecodeOrder.defaultMaximumPixels
) throws -> Decoded {
    let views = side.map { [PictureView(name: "view", part: part, side: $0)] } ?? []
    return try decode(file, for: DecodeOrder(thumbnailSide: thumbnail, views: views, maximumPixels: maximumPixels))
}

/// Decodes a file as the confined process does, through a descriptor.
func decode(_ file: [UInt8], for order: DecodeOrder) throws -> Decoded {
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: order.outputCapacity, alignment: 16)
    defer { output.deallocate() }
    let handle = try temporary(file)
    let report = try withCodec { try $0.decode(handle.fileDescriptor, for: order, into: output) }
    guard report.fits(order) else { throw Failure(.damaged, "the report does not fit the order: \(report)") }
    return Decoded(
        facts: report.facts,
        views: report.views.map { Pixels(width: $0.width, height: $0.height, rgb: Array(output[$0.bytes])) },
        thumbnail: report.thumbnail.map { Array(output[$0]) })
}

/// The failure that a decode ends with.
func failure(_ body: () throws -> Decoded) -> Failure? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Failure
    }
}

/// A file without a name, open for reading.
func temporary(_ bytes: [UInt8]) throws -> FileHandle {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try FileHandle(forReadingFrom: url)
}

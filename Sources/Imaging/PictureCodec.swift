import CVips
public import Domain
import Foundation

/// Decodes pictures with libvips: once each, upright, no larger than needed, in eight-bit sRGB.
///
/// For one thread at a time in a process that can be lost: libvips' error buffer is one for the whole process, and
/// decoders have been seen to crash on hostile files.
public struct PictureCodec {
    /// Only ``start()`` makes one.
    init() {}

    /// Decodes the picture in an open file and writes what `order` asks for into `output`, which must have room for
    /// `order.outputCapacity` bytes. Of files with many pictures, the first or main one counts.
    ///
    /// Throws a failure in words for people: not a picture, of a kind not accepted, too many pixels, damaged or cut
    /// off, or in need of more memory than there is.
    public func decode(
        _ file: Int32, for order: DecodeOrder, into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> DecodeReport {
        try decode(PictureFile(descriptor: file), for: order, into: output)
    }

    func decode(
        _ file: PictureFile, for order: DecodeOrder, into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> DecodeReport {
        VipsError.forget()
        // libvips reads from the file's memory until the pixels are there.
        defer { withExtendedLifetime(file) {} }
        let header = try saying(of: file) { () throws(VipsError) in try file.load() }
        let facts = PictureFacts(of: header, in: file)
        let count = facts.width.multipliedReportingOverflow(by: facts.height)
        guard !count.overflow, count.partialValue <= order.maximumPixels else {
            throw .tooManyPixels(facts, most: order.maximumPixels)
        }
        return try saying(of: file, room: file.roomToDecode(header)) { () throws(VipsError) in
            let sheet = try ContactSheet(of: pixels(of: file, header, facts, for: order), facts, for: order)
            var writer = OutputWriter(output)
            var views: [DecodeReport.View] = []
            for view in order.views {
                let seen = try sheet.view(view)
                let bytes = try seen.withPixels { bytes throws(VipsError) in try writer.append(bytes) }
                views.append(DecodeReport.View(width: seen.width, height: seen.height, bytes: bytes))
            }
            let thumbnail = try order.thumbnailSide.map { side throws(VipsError) in
                try sheet.thumbnail(side: side)
                    .withWebP(quality: 80, effort: 2) { bytes throws(VipsError) in try writer.append(bytes) }
            }
            return DecodeReport(facts: facts, thumbnail: thumbnail, views: views)
        }
    }

    /// The upright picture in memory, opaque, in its own colours, no larger than the order needs.
    private func pixels(
        of file: PictureFile, _ header: Raster, _ facts: PictureFacts, for order: DecodeOrder
    ) throws(VipsError) -> Raster {
        let reduction = order.reduction(width: facts.width, height: facts.height)
        let loaded = reduction < 2 ? header : try file.load(reducedBy: reduction)
        let size = (width: Double(header.width) / reduction, height: Double(header.height) / reduction)
        return try loaded.onWhite().shrunk(toWidth: size.width, height: size.height).inMemory().upright()
    }

    /// Says in words for people what libvips could not do.
    ///
    /// - Parameter room: The memory in bytes without which `body` is bound to fail, whatever libvips says of it.
    private func saying<Result>(
        of file: PictureFile, room: Int = 0, _ body: () throws(VipsError) -> Result
    ) throws(Failure) -> Result {
        do {
            return try body()
        } catch {
            throw Failure(error, of: file.format, isThereRoom: Self.isThere(room: room))
        }
    }

    /// Whether so much memory could be had now.
    private static func isThere(room: Int) -> Bool {
        guard room > 0 else { return true }
        let memory = mmap(nil, room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let memory, memory != MAP_FAILED else { return false }
        munmap(memory, room)
        return true
    }
}

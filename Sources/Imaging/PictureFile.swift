import CVips
import Domain
import Foundation

/// The bytes of a picture's file in memory, from which libvips reads.
///
/// Every ``Raster`` that is read from it needs it until its pixels are in memory.
final class PictureFile {
    let format: ImageFormat
    private let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// Looks at bytes that outlive this object. Throws for what is not an accepted kind of picture.
    init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        format = try Self.format(of: bytes)
        self.bytes = bytes
        isMapped = false
    }

    /// Maps an open file. Throws for what is not an accepted kind of picture.
    init(descriptor: Int32) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable }
        let size = Int(status.st_size)
        guard size > 0 else { throw Failure(.notAnImage, "The file is empty. Send the picture again.") }
        guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED else {
            throw errno == ENOMEM
                ? Failure(.decodeLimit, "The file alone takes more memory than is allowed. Send a smaller version.")
                : Self.unreadable
        }
        bytes = UnsafeRawBufferPointer(start: memory, count: size)
        isMapped = true
        do {
            format = try Self.format(of: bytes)
        } catch {
            munmap(memory, size)
            throw error
        }
    }

    deinit {
        if isMapped { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
    }

    /// Reads the header and prepares to read the first picture's pixels, top to bottom, once.
    ///
    /// - Parameter reduction: How many times smaller it may be, if the format has a cheap way to do that. What comes
    ///   may be any size from the full one down to that.
    func load(reducedBy reduction: Double = 1) throws(VipsError) -> Raster {
        guard let source = vips_source_new_from_memory(bytes.baseAddress, bytes.count) else { throw VipsError() }
        defer { g_object_unref(source) }
        return try Raster.made { out in
            switch format {
            case .jpeg: imaging_load_jpeg(source, out, [8, 4, 2].first { Double($0) <= reduction } ?? 1)
            case .png: imaging_load_png(source, out)
            case .webp: imaging_load_webp(source, out, 1 / max(1, reduction))
            case .heic, .avif: imaging_load_heif(source, out)
            case .tiff: imaging_load_tiff(source, out)
            case .gif: imaging_load_gif(source, out)
            }
        }
    }

    /// About the memory in bytes that decoding takes, where a decoder is known to say something else when it has
    /// too little: libheif then calls the file's colours unsupported, or its own error unspecified.
    ///
    /// Measured: 12 to 100 megapixels take 5 to 8 bytes a pixel of eight bits, as HEIC of ten bits 13.
    func roomToDecode(_ header: Raster) -> Int {
        switch format {
        case .heic, .avif: header.width * header.height * (header.isDeep ? 12 : 8)
        default: 0
        }
    }

    /// Lends the picture's EXIF, where it has any: a TIFF file is EXIF itself.
    func withExif(of header: Raster, _ body: (UnsafeRawBufferPointer) -> Void) {
        let exif: UnsafeRawBufferPointer? =
            switch format {
            case .tiff: bytes
            case .png: PNGChunks.exif(in: bytes) ?? header.exif
            default: header.exif
            }
        if let exif { withExtendedLifetime((self, header)) { body(exif) } }
    }

    private static var unreadable: Failure {
        Failure(.unreadable, "The file cannot be read: \(String(cString: strerror(errno))).")
    }

    private static func format(of bytes: UnsafeRawBufferPointer) throws(Failure) -> ImageFormat {
        guard let format = ImageFormat(signature: bytes) else { throw .unrecognised(bytes) }
        return format
    }
}

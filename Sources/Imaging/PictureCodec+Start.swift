import CVips
public import Domain

extension PictureCodec {
    /// Starts libvips and tries every format once, so that afterwards no file needs to be opened any more and the
    /// process can be confined. Call it once in a process.
    ///
    /// Throws `unsupportedFormat` when the installed libvips lacks a format, with its name.
    public static func start() throws(Failure) -> PictureCodec {
        imaging_silence_log()
        guard vips_init("fovea") == 0 else {
            throw Failure(.unsupportedFormat, "libvips does not start: \(VipsError().message)")
        }
        // One picture at a time on one thread: whoever wants more runs more processes.
        vips_concurrency_set(1)
        vips_cache_set_max(0)
        vips_block_untrusted_set(1)
        let codec = PictureCodec()
        for format in ImageFormat.allCases { try codec.tryOut(format) }
        return codec
    }

    private func tryOut(_ format: ImageFormat) throws(Failure) {
        guard vips_type_find("VipsOperation", "\(Self.loader(of: format))load_source") != 0 else {
            throw Failure(.unsupportedFormat, "The installed libvips cannot read \(format.rawValue) pictures.")
        }
        let order = DecodeOrder(
            thumbnailSide: 16, views: [PictureView(name: "trial", part: .centreSquare(share: 1), side: 16)])
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: order.outputCapacity, alignment: 16)
        defer { output.deallocate() }
        let result: Result<DecodeReport, Failure>?
        do {
            result = try Self.sample().withFile(Self.suffix(of: format)) { bytes in
                Result { () throws(Failure) in try decode(PictureFile(bytes), for: order, into: output) }
            }
        } catch {
            // No encoder for it here: then its first picture is its trial.
            result = nil
        }
        _ = try result?.get()
    }

    /// A small picture that changes all over, so that no step is left out for lack of anything to do.
    private static func sample() throws(VipsError) -> Raster {
        let side = 64
        let pixels = (0..<side * side * 3).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / side) }
        let image = pixels.withUnsafeBytes {
            vips_image_new_from_memory_copy($0.baseAddress, $0.count, Int32(side), Int32(side), 3, VIPS_FORMAT_UCHAR)
        }
        guard let image else { throw VipsError() }
        image.pointee.Type = VIPS_INTERPRETATION_sRGB
        return Raster(owning: image)
    }

    private static func loader(of format: ImageFormat) -> String {
        switch format {
        case .heic, .avif: "heif"
        default: format.rawValue
        }
    }

    private static func suffix(of format: ImageFormat) -> String {
        switch format {
        // The profile tries out the colour conversion too.
        case .jpeg: ".jpg[profile=srgb]"
        default: ".\(format.fileExtension)"
        }
    }
}

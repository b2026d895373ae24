import CVips

extension Raster {
    /// Computes the pixels and hands them over, rows from the top, bands interleaved.
    func withPixels<Result>(_ body: (UnsafeRawBufferPointer) throws(VipsError) -> Result) throws(VipsError) -> Result {
        var count = 0
        guard let bytes = vips_image_write_to_memory(pointer, &count) else { throw VipsError() }
        defer { g_free(bytes) }
        return try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// Encodes the picture as WebP without metadata and hands the file over. What was said about the picture is taken
    /// away first: libvips 8.14 writes EXIF, the place included, even when it is told to strip it.
    func withWebP<Result>(
        quality: Int, effort: Int, _ body: (UnsafeRawBufferPointer) throws(VipsError) -> Result
    ) throws(VipsError) -> Result {
        try applying(imaging_bare).withFile({ imaging_save_webp($0, $1, $2, Int32(quality), Int32(effort)) }, body)
    }

    /// Encodes the picture in the format that `suffix` names, as in `.jpg`, and hands the file over.
    func withFile<Result>(
        _ suffix: String, _ body: (UnsafeRawBufferPointer) throws(VipsError) -> Result
    ) throws(VipsError) -> Result {
        try withFile({ imaging_save($0, suffix, $1, $2) }, body)
    }

    private func withFile<Result>(
        _ save: (Pointer, UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafeMutablePointer<Int>) -> Int32,
        _ body: (UnsafeRawBufferPointer) throws(VipsError) -> Result
    ) throws(VipsError) -> Result {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        guard save(pointer, &bytes, &count) == 0 else { throw VipsError() }
        defer { g_free(bytes) }
        return try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

import CVips

/// What libvips says went wrong.
struct VipsError: Error {
    let message: String
    /// Whether it says that memory was short.
    let isOutOfMemory: Bool

    /// Takes what libvips' error buffer holds; its last line, which is the most general, becomes the message. The
    /// buffer is one for the whole process, so it must be empty when a picture is begun: see ``forget()``.
    init() {
        self.init(String(cString: vips_error_buffer()))
        Self.forget()
    }

    init(_ text: String) {
        message = String((text.split(whereSeparator: \.isNewline).last ?? "").prefix(200))
        isOutOfMemory = ["out of memory", "unable to alloc", "cannot allocate memory", "memory allocation error"]
            .contains(where: text.lowercased().contains)
    }

    /// Empties libvips' error buffer.
    static func forget() {
        vips_error_clear()
    }
}

import CVips

/// A picture in libvips: its header, and pixels that are computed when they are asked for. Owns its reference.
final class Raster {
    typealias Pointer = UnsafeMutablePointer<VipsImage>

    let pointer: Pointer

    init(owning pointer: Pointer) {
        self.pointer = pointer
    }

    deinit {
        g_object_unref(pointer)
    }

    var width: Int { Int(pointer.pointee.Xsize) }
    var height: Int { Int(pointer.pointee.Ysize) }
    var bands: Int { Int(pointer.pointee.Bands) }
    /// Whether it has sixteen bits a value, and not eight.
    var isDeep: Bool { pointer.pointee.BandFmt == VIPS_FORMAT_USHORT }

    /// The picture that an operation makes of this one.
    func applying(
        _ operation: (_ image: Pointer, _ out: UnsafeMutablePointer<Pointer?>) -> Int32
    ) throws(VipsError) -> Raster {
        try Raster.made { out in operation(pointer, out) }
    }

    /// The picture that an operation makes.
    static func made(by operation: (UnsafeMutablePointer<Pointer?>) -> Int32) throws(VipsError) -> Raster {
        var out: Pointer?
        guard operation(&out) == 0, let out else { throw VipsError() }
        return Raster(owning: out)
    }

    /// The same picture with all its pixels computed and held in memory.
    func inMemory() throws(VipsError) -> Raster {
        guard let copy = vips_image_copy_memory(pointer) else { throw VipsError() }
        return Raster(owning: copy)
    }
}

import CVips

extension Raster {
    /// The EXIF orientation, 1…8; 1 when there is none.
    var orientation: Int {
        let found = Int(vips_image_get_orientation(pointer))
        return (1...8).contains(found) ? found : 1
    }

    /// The EXIF that came with the picture, as it was in the file; valid as long as this object.
    var exif: UnsafeRawBufferPointer? {
        guard vips_image_get_typeof(pointer, VIPS_META_EXIF_NAME) != 0 else { return nil }
        var bytes: UnsafeRawPointer?
        var count = 0
        guard vips_image_get_blob(pointer, VIPS_META_EXIF_NAME, &bytes, &count) == 0 else {
            VipsError.forget()
            return nil
        }
        return UnsafeRawBufferPointer(start: bytes, count: count)
    }
}

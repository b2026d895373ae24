import CVips

extension Raster {
    /// Without transparency: what shows through is white. Do this before resizing, so that the colours of invisible
    /// pixels do not bleed into visible ones.
    func onWhite() throws(VipsError) -> Raster {
        guard vips_image_hasalpha(pointer) != 0 else { return self }
        let opaque = isDeep ? 65_535.0 : 255
        // No ink is white.
        let white = pointer.pointee.Type == VIPS_INTERPRETATION_CMYK ? 0 : opaque
        return try applying { imaging_flatten($0, $1, white, opaque) }
    }

    /// Red, green and blue of eight bits in sRGB, by the embedded colour profile where there is one that can be used.
    /// What comes has no profile any more, and needs none.
    func inSRGB() throws(VipsError) -> Raster {
        var image = self
        if vips_image_get_typeof(pointer, VIPS_META_ICC_NAME) != 0 {
            do {
                image = try applying(imaging_srgb_by_profile)
            } catch {
                // A broken profile, or one for another kind of picture: the picture is still worth looking at.
            }
        }
        image = try image.applying(imaging_srgb).applying(imaging_to_8_bits)
        if image.bands > 3 { image = try image.applying { imaging_first_bands($0, $1, 3) } }
        vips_image_remove(image.pointer, VIPS_META_ICC_NAME)
        return image
    }
}

#pragma once

// libvips' operations are variadic C functions, which Swift cannot call: one inline function for each use of them.
// All return 0 for success and -1 for failure, with the reason in libvips' error buffer.

#include <vips/vips.h>

// Loads only the header; pixels follow when they are asked for, rows from the top. `fail_on` refuses what is truncated.

static inline int imaging_load_jpeg(VipsSource *source, VipsImage **out, int shrink) {
    return vips_jpegload_source(
        source, out, "shrink", shrink, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_load_png(VipsSource *source, VipsImage **out) {
    return vips_pngload_source(source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_load_webp(VipsSource *source, VipsImage **out, double scale) {
    return vips_webpload_source(
        source, out, "scale", scale, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_load_heif(VipsSource *source, VipsImage **out) {
    return vips_heifload_source(
        source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_load_tiff(VipsSource *source, VipsImage **out) {
    return vips_tiffload_source(
        source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_load_gif(VipsSource *source, VipsImage **out) {
    return vips_gifload_source(source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int imaging_flatten(VipsImage *in, VipsImage **out, double white, double opaque) {
    VipsArrayDouble *background = vips_array_double_newv(1, white);
    int result = vips_flatten(in, out, "background", background, "max_alpha", opaque, NULL);
    vips_area_unref(VIPS_AREA(background));
    return result;
}

static inline int imaging_resize(VipsImage *in, VipsImage **out, double horizontal, double vertical) {
    return vips_resize(in, out, horizontal, "vscale", vertical, "kernel", VIPS_KERNEL_LANCZOS3, NULL);
}

static inline int imaging_crop(VipsImage *in, VipsImage **out, int left, int top, int width, int height) {
    return vips_extract_area(in, out, left, top, width, height, NULL);
}

static inline int imaging_first_bands(VipsImage *in, VipsImage **out, int count) {
    return vips_extract_band(in, out, 0, "n", count, NULL);
}

static inline int imaging_autorot(VipsImage *in, VipsImage **out) {
    return vips_autorot(in, out, NULL);
}

static inline int imaging_srgb_by_profile(VipsImage *in, VipsImage **out) {
    return vips_icc_transform(in, out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, NULL);
}

static inline int imaging_srgb(VipsImage *in, VipsImage **out) {
    return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
}

static inline int imaging_to_8_bits(VipsImage *in, VipsImage **out) {
    return vips_cast_uchar(in, out, NULL);
}

/// The same pixels with nothing said about them: no EXIF, no profile, no comments.
static inline int imaging_bare(VipsImage *in, VipsImage **out) {
    if (vips_copy(in, out, NULL)) return -1;
    gchar **fields = vips_image_get_fields(*out);
    for (int i = 0; fields[i]; i++) vips_image_remove(*out, fields[i]);
    g_strfreev(fields);
    return 0;
}

static inline int imaging_save_webp(VipsImage *in, void **bytes, size_t *count, int quality, int effort) {
    return vips_webpsave_buffer(in, bytes, count, "Q", quality, "effort", effort, "strip", TRUE, NULL);
}

/// Writes a picture in the format that `suffix` names (".jpg", ".png"…, with libvips' options in brackets).
static inline int imaging_save(VipsImage *in, const char *suffix, void **bytes, size_t *count) {
    return vips_image_write_to_buffer(in, suffix, bytes, count, NULL);
}

static inline void imaging_ignore_message(
    const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {
    (void)domain, (void)level, (void)message, (void)data;
}

/// Silences GLib's log: a decoder's warnings about a picture are nobody's news.
static inline void imaging_silence_log(void) { g_log_set_default_handler(imaging_ignore_message, NULL); }

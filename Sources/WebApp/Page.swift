/// One file of the pages.
struct Page: Sendable {
    /// Where it is served.
    let path: String
    let type: MediaType
    let bytes: [UInt8]

    enum MediaType: String {
        case html = "text/html; charset=utf-8"
        case script = "text/javascript; charset=utf-8"
        case style = "text/css; charset=utf-8"
        case svg = "image/svg+xml"
        case manifest = "application/manifest+json"
    }

    /// Changes whenever the content does: FNV-1a, 64 bits.
    var tag: String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

extension Page {
    /// Every file in `Pages`, which the build embeds under its name alone, whatever folder it is in.
    static let all = [
        Page(path: "/", type: .html, bytes: PackageResources.index_html),
        Page(path: "/favicon.svg", type: .svg, bytes: PackageResources.favicon_svg),
        Page(path: "/manifest.webmanifest", type: .manifest, bytes: PackageResources.manifest_webmanifest),

        style("about", PackageResources.about_css),
        style("colours", PackageResources.colours_css),
        style("grid", PackageResources.grid_css),
        style("marks", PackageResources.marks_css),
        style("page", PackageResources.page_css),
        style("taught", PackageResources.taught_css),
        style("theme", PackageResources.theme_css),
        style("untold", PackageResources.untold_css),
        style("viewer", PackageResources.viewer_css),
        style("work", PackageResources.work_css),

        script("about", PackageResources.about_js),
        script("address", PackageResources.address_js),
        script("api", PackageResources.api_js),
        script("app", PackageResources.app_js),
        script("arrivals", PackageResources.arrivals_js),
        script("colours", PackageResources.colours_js),
        script("dom", PackageResources.dom_js),
        script("faces", PackageResources.faces_js),
        script("folded", PackageResources.folded_js),
        script("headline", PackageResources.headline_js),
        script("health", PackageResources.health_js),
        script("intake", PackageResources.intake_js),
        script("library", PackageResources.library_js),
        script("light", PackageResources.light_js),
        script("live", PackageResources.live_js),
        script("marks", PackageResources.marks_js),
        script("picture", PackageResources.picture_js),
        script("previews", PackageResources.previews_js),
        script("queue", PackageResources.queue_js),
        script("reading", PackageResources.reading_js),
        script("renewal", PackageResources.renewal_js),
        script("search", PackageResources.search_js),
        script("sensitive", PackageResources.sensitive_js),
        script("settling", PackageResources.settling_js),
        script("taught", PackageResources.taught_js),
        script("teach", PackageResources.teach_js),
        script("tile", PackageResources.tile_js),
        script("tray", PackageResources.tray_js),
        script("untold", PackageResources.untold_js),
        script("upload", PackageResources.upload_js),
        script("uploads", PackageResources.uploads_js),
        script("viewer", PackageResources.viewer_js),
        script("words", PackageResources.words_js),
        script("work", PackageResources.work_js),
    ]

    private static func style(_ name: String, _ bytes: [UInt8]) -> Page {
        Page(path: "/styles/\(name).css", type: .style, bytes: bytes)
    }

    private static func script(_ name: String, _ bytes: [UInt8]) -> Page {
        Page(path: "/scripts/\(name).js", type: .script, bytes: bytes)
    }
}

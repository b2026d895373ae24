// swift-tools-version: 6.2
//
// The rooms of the house, leaves first. Arrows go down only: a target may depend on targets above it in this list.
// What each room is for is said in docs/ARCHITECTURE.md. Every C library has one room (`C…`) and one Swift owner.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A C library from Debian: a module map and, where functions are variadic, a header of inline shims.
func cLibrary(_ name: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func room(_ name: String, uses dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// A room whose loops over pixels and tensors are a hundred times slower without the optimiser: it is always on, so that
/// tests of the debug build see real pictures in real time.
func numericRoom(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
    let optimised: SwiftSetting = .unsafeFlags(["-O"], .when(configuration: .debug))
    return .target(name: name, dependencies: dependencies, swiftSettings: strict + [optimised])
}

func tests(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "fovea",
    products: [.executable(name: "fovea", targets: ["fovea"])],
    targets: [
        // C libraries
        cLibrary("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        .systemLibrary(name: "CMalloc"),
        cLibrary("CMicrohttpd", pkgConfig: "libmicrohttpd", debian: "libmicrohttpd-dev"),
        cLibrary("CSeccomp", pkgConfig: "libseccomp", debian: "libseccomp-dev"),
        cLibrary("CSodium", pkgConfig: "libsodium", debian: "libsodium-dev"),
        cLibrary("CSQLite", pkgConfig: "sqlite3", debian: "libsqlite3-dev"),
        cLibrary("CVips", pkgConfig: "vips", debian: "libvips-dev"),
        .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl")]),

        // Leaves
        room("ArgumentParsing"),
        tests("ArgumentParsingTests", uses: ["ArgumentParsing"]),
        room("Caching"),
        tests("CachingTests", uses: ["Caching"]),
        room("Cryptography", uses: ["CSodium"]),
        tests("CryptographyTests", uses: ["Cryptography"]),
        room("HeapMemory", uses: ["CMalloc"]),
        room("Telemetry"),
        tests("TelemetryTests", uses: ["Telemetry"]),
        room("Threading"),
        tests("ThreadingTests", uses: ["Threading"]),
        room("Domain"),
        tests("DomainTests", uses: ["Domain"]),

        // Machinery that knows nothing about photos
        room("Confinement", uses: ["CSeccomp", "HeapMemory", "Threading"]),
        .executableTarget(
            name: "confinement-probe", dependencies: ["Confinement"], path: "Tests/ConfinementProbe",
            swiftSettings: strict),
        tests("ConfinementTests", uses: ["Confinement", "confinement-probe"]),
        room("FolderEvents"),
        tests("FolderEventsTests", uses: ["FolderEvents"]),
        room("HTTPServer", uses: ["CMicrohttpd", "Telemetry"]),
        room("NetworkClient", uses: ["CCurl"]),
        tests("NetworkClientTests", uses: ["HTTPServer", "NetworkClient"]),
        tests("HTTPServerTests", uses: ["HTTPServer"]),
        room("Inference", uses: ["COnnxRuntime"]),
        tests("InferenceTests", uses: ["Inference"]),

        // What photos go through
        room("Imaging", uses: ["CVips", "Domain"]),
        tests("ImagingTests", uses: ["Imaging"]),
        numericRoom("Perception", uses: ["Domain", "Inference"]),
        tests("PerceptionTests", uses: ["Perception"]),
        room("LocalStore", uses: ["Caching", "CSQLite", "Domain", "Threading"]),
        tests("LocalStoreTests", uses: ["CSQLite", "Domain", "LocalStore"]),
        tests("ContractTests", uses: ["Domain", "LocalStore"]),
        numericRoom("Teaching", uses: ["Domain"]),
        tests("TeachingTests", uses: ["Domain", "Teaching"]),
        room("Search", uses: ["Domain"]),
        tests("SearchTests", uses: ["Domain", "Search"]),
        room(
            "Pipeline",
            uses: ["Confinement", "Cryptography", "Domain", "HeapMemory", "Teaching", "Telemetry", "Threading"]),
        tests("PipelineTests", uses: ["Domain", "LocalStore", "Pipeline", "Telemetry"]),

        // What tells of them
        room("Notifications", uses: ["Cryptography", "Domain", "NetworkClient"]),
        tests("NotificationsTests", uses: ["Domain", "HTTPServer", "NetworkClient", "Notifications"]),

        // What brings photos to a door
        room("Importing", uses: ["Cryptography", "Domain", "FolderEvents", "Threading"]),
        tests("ImportingTests", uses: ["Domain", "HTTPServer", "Importing", "Pipeline", "RESTAPI", "Telemetry"]),

        // Doors
        room("RESTAPI", uses: ["Caching", "Domain", "HTTPServer", "Pipeline", "Search", "Telemetry"]),
        tests("RESTAPITests", uses: ["Domain", "HTTPServer", "Pipeline", "RESTAPI", "Telemetry"]),
        room("WebApp", uses: ["HTTPServer"], resources: [.embedInCode("Pages")]),
        tests("WebAppTests", uses: ["HTTPServer", "WebApp"]),

        // The command line: wires the parts together
        .executableTarget(
            name: "fovea",
            dependencies: [
                "ArgumentParsing", "Confinement", "Cryptography", "Domain", "HTTPServer", "Imaging",
                "Importing", "Inference", "LocalStore", "NetworkClient", "Notifications", "Perception", "Pipeline",
                "RESTAPI", "Search", "Telemetry", "Threading", "WebApp",
            ],
            swiftSettings: strict
        ),
    ]
)

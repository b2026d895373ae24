import Domain
import Testing

@testable import Perception

@Suite("The model folder")
struct ModelFolderTests {
    @Test("What is missing is told with its remedy, what is there is not")
    func inventory() throws {
        let folder = try TemporaryFolder()
        try folder.replace("labels.json", with: "{}")
        let standings = ModelFolder(folder.url).inventory(precision: .fp32)
        #expect(standings.map(\.file.name) == ["libonnxruntime.so", "efficientnet_lite2_260_fp32.onnx", "labels.json"])
        #expect(standings.map(\.isPresent) == [false, false, true])
        #expect(standings[0].remedy?.contains("make models") == true)
        #expect(standings[2].remedy == nil)
    }

    @Test("A folder may be named by path or URL")
    func names() {
        let folder = ModelFolder("/srv/models")
        #expect(folder.path(of: .vocabulary) == "/srv/models/labels.json")
        #expect(ModelFolder(folder.url) == folder)
    }

    @Test("Every analysis names the runtime among what it needs")
    func runtime() {
        #expect(ModelFile.all(precision: .int8).first == .runtime)
        #expect(ModelFile.runtime.analyses.contains(.labels))
    }

    @Test(
        "Eight bits where the processor has VNNI, floats elsewhere",
        arguments: [
            ("flags\t\t: fpu sse avx2 avx512f avx512_vnni", Precision.int8),
            ("flags\t\t: fpu avx2 avx_vnni f16c\n", .int8),
            ("processor\t: 0\nflags\t\t: fpu sse4_2 avx2\nbugs\t\t: avx_vnni", .fp32),
            ("flags\t\t: avx512_vnni_like", .fp32),
            ("", .fp32),
        ])
    func precision(description: String, expected: Precision) {
        #expect(Precision(processor: description) == expected)
    }
}

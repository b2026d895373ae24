import Foundation
import Inference
import Testing

// Needs `make models`: everything here runs the real library.
@Suite("What a model says of itself", .enabled(if: Installation.isPresent))
struct InferenceDescriptionTests {
    func session(_ content: Data) throws -> InferenceSession {
        let runtime = try InferenceRuntime(library: Installation.library)
        return try TinyModel.withFile(content) { try InferenceSession(runtime, model: $0) }
    }

    @Test("Metadata is read whole, whatever it holds")
    func metadata() throws {
        let alphabet = (0..<9000).map { "字\($0)" }.joined(separator: "\n")
        let session = try session(TinyModel.addition(metadata: [("names", "{0: 'dog'}"), ("character", alphabet)]))
        #expect(try session.metadata("names") == "{0: 'dog'}")
        #expect(try session.metadata("character") == alphabet)
    }

    @Test("What is not there is nil")
    func noMetadata() throws {
        #expect(try session(TinyModel.addition()).metadata("names") == nil)
        #expect(try session(TinyModel.addition(metadata: [("name", "x")])).metadata("names") == nil)
    }

    @Test("The kind of numbers an input takes")
    func elementType() throws {
        #expect(try session(TinyModel.addition()).elementType(ofInput: 1) == .float)
        #expect(try session(TinyModel.addition(element: 10)).elementType(ofInput: 0) == .float16)
        #expect(try session(TinyModel.addition(element: 7)).elementType(ofInput: 0) == .other)
        #expect(try session(TinyModel.addition()).elementType(ofInput: 2) == nil)
    }

    @Test("The shape of an input has its fixed lengths, and nil for the free ones")
    func shape() throws {
        let session = try session(TinyModel.addition())
        #expect(try session.shape(ofInput: 0) == [nil, 3])
        #expect(try session.shape(ofInput: 1) == [nil, 3])
        #expect(try session.shape(ofInput: 2) == [])
    }
}

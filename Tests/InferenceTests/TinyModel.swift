import Foundation

/// A model of one addition, `y = a + b`, as the bytes of an ONNX file: protobuf written by hand (onnx.proto, IR 8).
enum TinyModel {
    /// Both inputs and the output are rows of any number of `element` (1 float, 7 int64) by three.
    static func addition(
        element: UInt64 = 1, operation: String = "Add", metadata: [(key: String, value: String)] = []
    ) -> Data {
        let node = text(1, "a") + text(1, "b") + text(2, "y") + text(4, operation)
        let values = message(11, value("a", element)) + message(11, value("b", element))
        let graph = message(1, node) + text(2, "tiny") + values + message(12, value("y", element))
        let opset = number(2, 17)
        let properties = metadata.flatMap { message(14, text(1, $0.key) + text(2, $0.value)) }
        return Data(number(1, 8) + message(7, graph) + message(8, opset) + properties)
    }

    /// Writes a model into a fresh folder and removes it after `body`.
    @discardableResult
    static func withFile<Result>(_ content: Data = addition(), _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "tiny.onnx")
        try content.write(to: file)
        return try body(file.path)
    }

    private static func value(_ name: String, _ element: UInt64) -> [UInt8] {
        let shape = message(1, text(2, "rows")) + message(1, number(1, 3))
        return text(1, name) + message(2, message(1, number(1, element) + message(2, shape)))
    }

    private static func message(_ field: UInt64, _ content: [UInt8]) -> [UInt8] {
        varint(field << 3 | 2) + varint(UInt64(content.count)) + content
    }

    private static func text(_ field: UInt64, _ content: String) -> [UInt8] {
        message(field, Array(content.utf8))
    }

    private static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] {
        varint(field << 3) + varint(value)
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + varint(value >> 7)
    }
}

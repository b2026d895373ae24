import Foundation

/// A detector that always answers the same, exported as YOLOv8 is: the bytes of an ONNX file, protobuf written by hand
/// (onnx.proto, IR 8). Its input is 64 × 32 pixels.
enum TinyDetector {
    /// `rows` are those of the output: the four of the box, then one for each class; of as many places each.
    static func export(rows: [[Float]], metadata: [(key: String, value: String)] = [], inputs: Int = 1) -> Data {
        let values = rows.joined().flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init) }
        let dimensions = [1, UInt64(rows.count), UInt64(rows.first?.count ?? 0)]
        let tensor = dimensions.flatMap { number(1, $0) } + number(2, 1) + message(9, values)
        let attribute = text(1, "value") + message(5, tensor) + number(20, 4)
        let constant = text(2, "output0") + text(4, "Constant") + message(5, attribute)
        let images = (0..<inputs).flatMap { message(11, value("images\($0)", [1, 3, 32, 64])) }
        let graph = message(1, constant) + text(2, "tiny") + images + message(12, value("output0", dimensions))
        let properties = metadata.flatMap { message(14, text(1, $0.key) + text(2, $0.value)) }
        return Data(number(1, 8) + message(7, graph) + message(8, number(2, 17)) + properties)
    }

    private static func value(_ name: String, _ lengths: [UInt64]) -> [UInt8] {
        let shape = lengths.flatMap { message(1, number(1, $0)) }
        return text(1, name) + message(2, message(1, number(1, 1) + message(2, shape)))
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

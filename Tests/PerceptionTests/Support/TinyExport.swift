import Foundation

/// Small networks in the form of Ultralytics' exports: the bytes of an ONNX file, protobuf written by hand (onnx.proto,
/// IR 8). What is measured of real exports (Ultralytics 8.2 to 8.4, opset 16 and 17): one input `images`, one output
/// `output0`, outlines in a second one, all in 32-bit floats, and metadata such as `task`, `names`, `imgsz`.
enum TinyExport {
    /// Its input: `[1, 3, 32, 64]` in floats; a length of 0 is one that is free.
    struct Input {
        var lengths: [UInt64] = [1, 3, 32, 64]
        /// 1 float, 10 float16.
        var element: UInt64 = 1
    }

    typealias Metadata = [(key: String, value: String)]

    /// A network that always answers the same.
    static func constant(
        _ outputs: [(shape: [Int], values: [Float])], metadata: Metadata = [], input: Input = Input(), inputs: Int = 1
    ) -> Data {
        let answers = outputs.enumerated().map { number, output in
            let values = output.values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
            let tensor = output.shape.flatMap { self.number(1, UInt64($0)) } + self.number(2, 1) + message(9, values)
            let attribute = text(1, "value") + message(5, tensor) + self.number(20, 4)
            let node = text(2, "output\(number)") + text(4, "Constant") + message(5, attribute)
            return (node: node, value: value("output\(number)", output.shape.map(UInt64.init)))
        }
        let images = (0..<inputs).map { value("images\($0)", input.lengths, input.element) }
        return model(nodes: answers.map(\.node), inputs: images, outputs: answers.map(\.value), metadata)
    }

    /// A detector of one output; `rows` are the four of the box, then one for each class; of as many places each.
    static func detector(rows: [[Float]], metadata: Metadata = [], inputs: Int = 1) -> Data {
        let shape = [1, rows.count, rows.first?.count ?? 0]
        return constant([(shape, Array(rows.joined()))], metadata: metadata, inputs: inputs)
    }

    /// A classifier of three classes: how red, how green and how blue the picture is.
    static func colours(metadata: Metadata = [], input: Input = Input()) -> Data {
        let axes = text(1, "axes") + number(8, 2) + number(8, 3) + number(20, 7)
        let flat = text(1, "keepdims") + number(3, 0) + number(20, 2)
        let node = text(1, "images0") + text(2, "output0") + text(4, "ReduceMean") + message(5, axes) + message(5, flat)
        return model(
            nodes: [node], inputs: [value("images0", input.lengths, input.element)],
            outputs: [value("output0", [1, 3])], metadata)
    }

    private static func model(
        nodes: [[UInt8]], inputs: [[UInt8]], outputs: [[UInt8]], _ metadata: Metadata
    ) -> Data {
        let graph =
            nodes.flatMap { message(1, $0) } + text(2, "tiny") + inputs.flatMap { message(11, $0) }
            + outputs.flatMap { message(12, $0) }
        let properties = metadata.flatMap { message(14, text(1, $0.key) + text(2, $0.value)) }
        return Data(number(1, 8) + message(7, graph) + message(8, number(2, 17)) + properties)
    }

    private static func value(_ name: String, _ lengths: [UInt64], _ element: UInt64 = 1) -> [UInt8] {
        let shape = lengths.enumerated().flatMap { axis, length in
            message(1, length > 0 ? number(1, length) : text(2, "axis\(axis)"))
        }
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

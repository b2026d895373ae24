public import Domain

/// Decoders that take turns: as many pictures at a time as there are decoders, in the order in which they come.
public actor DecoderPool: PictureDecoder {
    private var idle: [any PictureDecoder]
    private var waiting: [CheckedContinuation<any PictureDecoder, Never>] = []

    /// Lends these decoders, of which there must be one at least.
    public init(_ decoders: [any PictureDecoder]) {
        precondition(!decoders.isEmpty, "without a decoder all would wait for ever")
        idle = decoders
    }

    /// Decodes one picture as soon as a decoder is free.
    public func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
        let decoder = await borrow()
        defer { giveBack(decoder) }
        return try await decoder.decode(file, for: order)
    }

    private func borrow() async -> any PictureDecoder {
        if let decoder = idle.popLast() { return decoder }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ decoder: any PictureDecoder) {
        if waiting.isEmpty {
            idle.append(decoder)
        } else {
            waiting.removeFirst().resume(returning: decoder)
        }
    }
}

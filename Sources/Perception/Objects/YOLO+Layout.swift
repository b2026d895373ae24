internal import Domain
internal import Inference

extension YOLO.Layout {
    /// What the answer to the trial tells, from its shape and the number of names; `nil` when it is neither.
    init?(_ export: UltralyticsExport) {
        let outlines = export.trial.first { $0.shape.count == 4 }
        guard let answer = export.trial.first(where: { $0.shape.count == 3 })?.shape, answer[0] == 1,
            export.trial.count == (outlines == nil ? 1 : 2)
        else { return nil }
        // A box is followed by how its outline is mixed of the pictures in the other output, or by its joints.
        let others = outlines?.shape[1] ?? (export.task == "pose" ? export.jointNumbers : 0)
        let classes = export.names?.count ?? (answer[1] - 4 - others)
        if answer[1] == 4 + classes + others, classes > 0, answer[2] != 6 + others {
            self = .places(classes: classes)
        } else if answer[2] == 6 + others, export.names != nil {
            self = .boxes
        } else if answer[1] > 4 + others, answer[2] > answer[1] {
            // The names do not fit, and whoever asks for them says so.
            self = .places(classes: answer[1] - 4 - others)
        } else {
            return nil
        }
    }
}

extension YOLO {
    /// Reads `[1, 4 + classes + others, places]`: for each place its likeliest class, where that is likely enough.
    static func detections(_ output: Tensor, classes: Int, threshold: Double) -> [Detection] {
        let places = output.shape[2]
        guard output.shape[1] >= 4 + classes else { return [] }
        return output.values.withUnsafeBufferPointer { values in
            (0..<places).compactMap { place in
                var (best, number) = (Float(threshold), -1)
                for row in 4..<(4 + classes) where values[row * places + place] > best {
                    (best, number) = (values[row * places + place], row - 4)
                }
                guard number >= 0 else { return nil }
                let box = (0..<4).map { Double(values[$0 * places + place]) }
                return Detection(
                    area: Area(
                        left: box[0] - box[2] / 2, top: box[1] - box[3] / 2, width: box[2], height: box[3]),
                    score: Double(best), number: number)
            }
        }
    }

    /// Reads `[1, boxes, 6 + others]`.
    static func detections(boxes output: Tensor, threshold: Double) -> [Detection] {
        let columns = output.shape[2]
        guard columns >= 6 else { return [] }
        return (0..<output.shape[1]).compactMap { box in
            let row = output.values[(box * columns)..<(box * columns + 6)].map(Double.init)
            guard row[4] > threshold, let number = Int(exactly: row[5].rounded()) else { return nil }
            return Detection(
                area: Area(left: row[0], top: row[1], width: row[2] - row[0], height: row[3] - row[1]), score: row[4],
                number: number)
        }
    }
}

import Domain
import Foundation
import Synchronization

/// The files that a list of paths means.
struct FileSelection {
    /// Each file named, and every picture below each folder named.
    private(set) var paths: [String] = []
    /// How many files below the folders are no pictures, by name and by content.
    private(set) var leftOut = 0

    private static let pictureExtensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "hif", "avif", "tif", "tiff", "gif",
    ]

    init(_ operands: [String]) {
        for operand in operands {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: operand, isDirectory: &isFolder), isFolder.boolValue {
                addAll(below: operand)
            } else {
                paths.append(operand)
            }
        }
    }

    /// A file named like a picture is one even when its content is not: then its failure is worth telling.
    private mutating func addAll(below folder: String) {
        let below = FileManager.default.enumerator(atPath: folder)
        var found: [String] = []
        while let name = below?.nextObject() as? String {
            let path = (folder as NSString).appendingPathComponent(name)
            let type = below?.fileAttributes?[.type] as? FileAttributeType
            let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
            guard type != .typeDirectory, !isHidden else { continue }
            if Self.pictureExtensions.contains((name as NSString).pathExtension.lowercased()) || isPicture(path) {
                found.append(path)
            } else {
                leftOut += 1
            }
        }
        paths += found.sorted()
    }

    private func isPicture(_ path: String) -> Bool {
        guard let file = try? OpenFile(path: path) else { return false }
        return ImageFormat(signature: file.head(ImageFormat.signatureLength)) != nil
    }
}

/// Hands out each place of a list once, to whoever asks next.
final class Bookmark: Sendable {
    private let count: Int
    private let place = Atomic(0)

    init(count: Int) {
        self.count = count
    }

    func next() -> Int? {
        let mine = place.wrappingAdd(1, ordering: .relaxed).oldValue
        return mine < count ? mine : nil
    }
}

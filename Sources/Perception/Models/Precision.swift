internal import Foundation

/// In which numbers a model calculates. Eight-bit models are more than twice as fast where the processor has the
/// instructions for them (VNNI); elsewhere they gain nothing and may saturate, so floats are used there.
public enum Precision: String, Sendable, CaseIterable {
    case int8, fp32

    /// The better one for this machine's processor.
    public static let best = Precision(processor: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")

    /// Reads the processor's flags in the form of Linux's `/proc/cpuinfo`.
    init(processor description: String) {
        let flags = description.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
        let words = Set(flags.split(whereSeparator: \.isWhitespace))
        self = words.contains("avx512_vnni") || words.contains("avx_vnni") ? .int8 : .fp32
    }
}

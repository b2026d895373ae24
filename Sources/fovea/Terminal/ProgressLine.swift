import Foundation

/// One line on standard error that counts what is done, with rate and time left; nothing where nobody looks.
struct ProgressLine {
    private let total: Int
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var done = 0

    init(total: Int) {
        self.total = total
        isShown = Terminal.isInteractive(STDERR_FILENO) && total > 1
    }

    /// Counts one more.
    mutating func advance() {
        done += 1
        show()
    }

    /// Takes the line away, before other output and at the end.
    func clear() {
        guard isShown else { return }
        Terminal.print("\r\u{1B}[K", to: STDERR_FILENO)
    }

    /// Shows the line again.
    func show() {
        guard isShown, done > 0 else { return }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(done) / max(seconds, 0.001)
        let left = Int((Double(total - done) / max(rate, 0.001)).rounded(.up))
        let width = 24
        let filled = width * done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let figures = String(format: "%.1f", rate)
        Terminal.print(
            "\r\u{1B}[K\(bar) \(done) of \(total), \(figures) a second, \(left) s left", to: STDERR_FILENO)
    }
}

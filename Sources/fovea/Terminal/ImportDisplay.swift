import Foundation
import Importing

/// Shows on standard error how far an import is: a line that moves at a terminal, a line now and then elsewhere.
struct ImportDisplay {
    let tally: ImportTally
    private let isShown = Terminal.isInteractive(STDERR_FILENO)

    init(of tally: ImportTally) {
        self.tally = tally
    }

    /// Shows it until the task is cancelled, then takes the line away.
    func run() async {
        var rate = RateMeter()
        while true {
            do {
                try await Task.sleep(for: isShown ? .milliseconds(200) : .seconds(10))
            } catch {
                break
            }
            let progress = tally.progress
            rate.add(progress.finished)
            if isShown {
                let line = progress.line(rate: rate.perSecond, width: Terminal.width(of: STDERR_FILENO))
                Terminal.print("\r\u{1B}[K\(line)", to: STDERR_FILENO)
            } else {
                let notice = progress.notice.map { " · \(Terminal.visible($0))" } ?? ""
                Terminal.print("\(progress.text(rate: rate.perSecond))\(notice)\n", to: STDERR_FILENO)
            }
        }
        if isShown { Terminal.print("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}

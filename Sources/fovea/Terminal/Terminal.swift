import Domain
import Foundation

/// What a person sees: standard output, and a line of progress on standard error.
enum Terminal {
    /// Whether somebody looks at this descriptor.
    static func isInteractive(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// How many columns a terminal has; 80 where it does not say.
    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes text at once, so that whoever reads from a pipe sees each line when it is there.
    static func print(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, written))
        }
    }

    /// Writes a value as one line of JSON.
    static func print(json value: some Encodable) throws {
        print(String(decoding: try PhotoDocument.encoder.encode(value), as: UTF8.self) + "\n")
    }

    /// Text dimmed where colours are wanted (no `NO_COLOR`, a terminal), plain elsewhere.
    static func dim(_ text: String) -> String {
        isInteractive(STDOUT_FILENO) && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
            ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    /// Text as it can be shown: a file name may hold anything, also what moves the cursor.
    static func visible(_ text: String) -> String {
        String(text.map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? "�" : $0 })
    }
}

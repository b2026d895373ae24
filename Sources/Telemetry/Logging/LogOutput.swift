import Foundation

/// Where log lines go and how they look.
struct LogOutput: Sendable {
    let form: Form
    let least: LogLevel
    let descriptor: Int32

    enum Form: Sendable {
        case text, json
    }

    /// Standard error; the environment variable `FOVEA_LOG` names the least level, `info` when it does not.
    static let standard = LogOutput(
        form: isatty(STDERR_FILENO) == 1 ? .text : .json,
        least: ProcessInfo.processInfo.environment["FOVEA_LOG"].flatMap(LogLevel.init) ?? .info,
        descriptor: STDERR_FILENO
    )

    /// Writes one line with one system call, so that lines of several threads never mix.
    func write(_ level: LogLevel, _ message: String, _ fields: [LogField], at time: Date = Date()) {
        guard level >= least else { return }
        let line =
            switch form {
            case .text: text(level, message, fields, time)
            case .json: json(level, message, fields, time)
            }
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        _ = Foundation.write(descriptor, bytes, bytes.count)
    }

    /// `12:34:56 warning  the message  name=value`
    func text(_ level: LogLevel, _ message: String, _ fields: [LogField], _ time: Date) -> String {
        let clock = time.formatted(Date.VerbatimFormatStyle.clock)
        let mark = level == .info ? "" : level.rawValue + ": "
        let details = fields.map { "  \($0.name)=\(Self.singleLine($0.value))" }.joined()
        return "\(clock) \(mark)\(Self.singleLine(message))\(details)"
    }

    /// `{"time":"…","level":"warning","message":"the message","name":"value"}`
    func json(_ level: LogLevel, _ message: String, _ fields: [LogField], _ time: Date) -> String {
        let stamp = time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let head = [("time", stamp), ("level", level.rawValue), ("message", message)].map { ($0, Self.quoted($1)) }
        let pairs = head + fields.map { ($0.name, $0.isNumber ? $0.value : Self.quoted($0.value)) }
        return "{" + pairs.map { "\(Self.quoted($0)):\($1)" }.joined(separator: ",") + "}"
    }

    /// A log line must stay one line, whatever a client put into a key.
    private static func singleLine(_ text: String) -> String {
        text.contains(where: \.isNewline) ? text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ") : text
    }

    /// A JSON string (RFC 8259 §7).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Date.VerbatimFormatStyle {
    /// `12:34:56` in local time.
    fileprivate static let clock = Date.VerbatimFormatStyle(
        format: """
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)
            """,
        timeZone: .current, calendar: .current
    )
}

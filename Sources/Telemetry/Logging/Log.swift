/// Structured log lines on standard error: text for a person at a terminal, JSON for everything else.
///
/// The context, the request or job a line belongs to, travels with the task, so that every line carries it:
///
///     await Log.with(["request": id]) {
///         Log.info("photo admitted", ["photo": photo.id])
///     }
public enum Log {
    /// Names and values beside a message.
    public typealias Fields = KeyValuePairs<String, any CustomStringConvertible>

    @TaskLocal static var context: [LogField] = []

    /// Runs `body` with `fields` on every line it logs.
    public static func with<Result>(
        _ fields: Fields, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        try await $context.withValue(context + fields.map(LogField.init)) {
            try await body()
        }
    }

    /// What helps to follow one request; left out unless `FOVEA_LOG=debug`.
    public static func debug(_ message: String, _ fields: Fields = [:]) {
        LogOutput.standard.write(.debug, message, context + fields.map(LogField.init))
    }

    /// What an operator wants to see of a day without trouble.
    public static func info(_ message: String, _ fields: Fields = [:]) {
        LogOutput.standard.write(.info, message, context + fields.map(LogField.init))
    }

    /// What went wrong and was dealt with.
    public static func warning(_ message: String, _ fields: Fields = [:]) {
        LogOutput.standard.write(.warning, message, context + fields.map(LogField.init))
    }

    /// What went wrong and wants somebody to do something.
    public static func error(_ message: String, _ fields: Fields = [:]) {
        LogOutput.standard.write(.error, message, context + fields.map(LogField.init))
    }
}

/// How much a log line matters.
public enum LogLevel: String, Sendable, Comparable, CaseIterable {
    case debug, info, warning, error

    /// Less important levels come first.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// A name and a value beside a message.
struct LogField: Sendable {
    let name: String
    let value: String
    /// Whether the value is a number, which JSON writes without quotes.
    let isNumber: Bool

    init(_ field: (key: String, value: any CustomStringConvertible)) {
        name = field.key
        value = field.value.description
        isNumber = field.value is any BinaryInteger
    }
}

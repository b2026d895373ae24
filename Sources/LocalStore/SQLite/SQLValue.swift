import CSQLite

/// A value for a statement.
enum SQLValue: Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    case integer(Int)
    case real(Double)
    case text(String)
    case blob([UInt8])
    case null

    init(integerLiteral value: Int) { self = .integer(value) }

    init(stringLiteral value: String) { self = .text(value) }

    init(nilLiteral: ()) { self = .null }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .integer(let value): sqlite3_bind_int64(statement, index, Int64(value))
        case .real(let value): sqlite3_bind_double(statement, index, value)
        case .text(let value): sqlite3_bind_text(statement, index, value, Int32(value.utf8.count), Self.copied)
        case .blob(let value): sqlite3_bind_blob64(statement, index, value, UInt64(value.count), Self.copied)
        case .null: sqlite3_bind_null(statement, index)
        }
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift cannot import: SQLite copies the bytes before the call returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

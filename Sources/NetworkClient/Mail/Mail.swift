/// A message to one recipient, in text and in HTML.
public struct Mail: Sendable {
    /// The sender's address.
    public var sender: String
    /// The recipient's address.
    public var recipient: String
    /// The fields of its header, in order. Names and values are in ASCII without ends of lines; what is not goes in as
    /// `HeaderText` writes it.
    public var header: [(name: String, value: String)]
    /// The message for programs that show only text.
    public var text: String
    /// The message for the others.
    public var html: String

    /// Puts a message together.
    public init(
        sender: String, recipient: String, header: [(name: String, value: String)], text: String, html: String
    ) {
        self.sender = sender
        self.recipient = recipient
        self.header = header
        self.text = text
        self.html = html
    }

}

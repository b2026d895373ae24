extension MailContent {
    private static let font =
        "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:15px;line-height:1.45"
    /// Fainter than what surrounds it, on white as on black, so that it needs no second set of colours.
    fileprivate static let faint = "opacity:.7"

    /// The mail for the others: one column, no pictures, nothing that asks a server, the colours of the reader's program.
    var html: String {
        let title = name.map { "<p style=\"margin:0;\(Self.faint);word-break:break-word\">\($0.escaped)</p>" } ?? ""
        let button = link.map { link in
            """
            <p style="margin:24px 0"><a href="\(link.escaped)" style="display:inline-block;padding:9px 18px;\
            border-radius:6px;background:#2457c5;color:#ffffff;text-decoration:none">See it in Fovea</a></p>
            """
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>\(subject.escaped)</title>
            <style>:root { color-scheme: light dark; }</style></head>
            <body style="margin:0;padding:20px;\(Self.font)">
            <div style="max-width:560px;margin:0 auto">
            <h1 style="margin:0 0 2px;font-size:20px;line-height:1.3;word-break:break-word">\(headline.escaped)</h1>
            \(title)
            \(sections.map(\.html).joined(separator: "\n"))
            \(button ?? "")
            <p style="margin:24px 0 0;padding-top:10px;border-top:1px solid #88888855;font-size:13px;\(Self.faint)">\
            \(reason.escaped)</p>
            </div></body></html>

            """
    }
}

extension MailContent.Section {
    fileprivate var html: String {
        let rows = rows.map { row in
            guard !row.value.isEmpty else {
                return """
                    <tr><td colspan="2" style="padding:2px 0;word-break:break-word">\(row.name.escaped)</td></tr>
                    """
            }
            return """
                <tr><td style="padding:2px 16px 2px 0;vertical-align:top">\(row.name.escaped)</td>\
                <td style="padding:2px 0;word-break:break-word">\(row.value.escaped)</td></tr>
                """
        }
        let style = "margin:20px 0 4px;font-size:13px;text-transform:uppercase;letter-spacing:.04em"
        return """
            <h2 style="\(style);\(MailContent.faint)">\(title.escaped)</h2>
            <table role="presentation" style="border-collapse:collapse;font-size:15px">
            \(rows.joined(separator: "\n"))
            </table>
            """
    }
}

extension String {
    /// The text as HTML, within elements and quoted attributes. By scalars: a quotation mark that carries an accent is
    /// another character here, and still a quotation mark in HTML.
    var escaped: String {
        harmless.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

import Domain

/// What a mail says, before it is text or HTML. Its words may come from file names and from pictures: whoever writes them
/// out makes them harmless.
struct MailContent: Sendable, Equatable {
    /// What happened, in a line.
    var headline: String
    /// The name of the photo.
    var name: String?
    /// What is told, under headings.
    var sections: [Section] = []
    /// Where the photo can be seen.
    var link: String?
    /// Why one gets this.
    var reason: String

    /// Some lines under a heading.
    struct Section: Sendable, Equatable {
        /// The heading.
        var title: String
        /// The lines: what it is, and what is said of it.
        var rows: [Row]
    }

    /// One line.
    struct Row: Sendable, Equatable {
        /// What it is.
        var name: String
        /// What is said of it; empty where the name says all.
        var value: String

        init(_ name: String, _ value: String = "") {
            self.name = name
            self.value = value
        }
    }

    /// The line that stands in the list of a mailbox.
    var subject: String {
        let start = headline.prefix(120)
        return name.map { "\(start) — \($0.shortenedFront(to: 60))" } ?? String(start)
    }
}

extension MailContent {
    /// What is said of an announcement; `page` is the address of the web page.
    init(_ announcement: Announcement, page: String?) {
        let photo = announcement.photo
        let bucket = photo?.bucket.map { "the bucket “\($0)”" } ?? "a bucket"
        switch announcement.type {
        case .test:
            headline = "Fovea: a test message"
            reason = "You get this because somebody wanted to see whether Fovea can tell you."
            sections = [Section(title: "It works", rows: [Row("What Fovea has to tell you arrives here.")])]
        case .alert:
            let notice = announcement.alert
            headline = "Fovea alert “\(notice?.name ?? "")”: \(notice?.match ?? "")"
            reason = "You get this because of the alert “\(notice?.name ?? "")”: \(notice?.condition ?? "")."
            if let silent = notice?.silent {
                reason += " It was silent about \(silent) more since it last spoke."
            }
        case .failed:
            headline = "Fovea could not look at a photo"
            reason = "You get this because \(bucket) tells you of each photo."
        case .analysed:
            headline = "Fovea: \(photo?.analysis?.gist ?? "a photo")"
            reason = "You get this because \(bucket) tells you of each photo."
        }
        guard let photo else {
            link = page
            return
        }
        name = photo.key?.description
        link = photo.id.flatMap { id in page.map { "\($0)/#/photo/\(id)" } }
        sections = photo.sections(retention: announcement.retention)
    }
}

extension String {
    /// The end of it, as long as that: the end of a path tells more than its beginning.
    func shortenedFront(to most: Int) -> String {
        count > most ? "…" + suffix(most - 1) : self
    }

    /// The text without what could change how its surroundings are read: control characters, and those that turn the
    /// direction of writing.
    var harmless: String {
        let scalars = unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: Unicode.Scalar(0xFFFD) ?? " "
            case .format where scalar.properties.isBidiControl: Unicode.Scalar(0xFFFD) ?? " "
            default: scalar
            }
        }
        return String(UnicodeScalarView(scalars))
    }
}

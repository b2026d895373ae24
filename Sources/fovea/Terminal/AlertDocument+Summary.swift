import Domain

extension AlertDocument {
    /// The alert for a person, in two lines.
    var summary: String {
        let place = bucket.map { " in \($0)" } ?? ""
        let told = notify.isEmpty ? "nobody is told" : "tells \(notify.map(\.shown).joined(separator: ", "))"
        let rest = quiet > 0 ? ", then silent for \(Self.words(seconds: quiet))" : ""
        var lines = ["\(Terminal.visible("\(name)"))  \(Terminal.visible(words))\(place)", "    \(told)\(rest)"]
        if let lastSpoke {
            let unsaid = silent == 0 ? "" : ", silent about \(silent) since"
            lines[1] += "; spoke \(spoken == 1 ? "once" : "\(spoken) times"), last at \(lastSpoke)\(unsaid)"
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `90 s`, `10 min`, `2 h`, `1 d`.
    private static func words(seconds: Int) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3600), ("min", 60)] where seconds % size == 0 {
            return "\(seconds / size) \(unit)"
        }
        return "\(seconds) s"
    }
}

extension AlertTrialDocument {
    /// What a rule would have told of, for a person.
    var summary: String {
        let all = more ? "the newest \(looked) photos" : looked == 1 ? "1 photo" : "\(looked) photos"
        let lines = photos.map { photo in
            let key = Terminal.visible(photo.key?.description ?? "")
            return "\(key)  \(photo.summary)  \(Terminal.dim(photo.id?.description ?? ""))"
        }
        return (["\(matches) of \(all) would have set it off."] + lines).map { $0 + "\n" }.joined()
    }
}

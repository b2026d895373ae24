import Domain

extension TaughtLabelDocument {
    /// A line for a person: `Beach  14 photos, 9 of 10 right (5 yes, 5 no)`.
    var summary: String {
        var facts = [photos == 1 ? "1 photo" : "\(photos) photos"]
        if needed > 0 { facts.append(needed == 1 ? "needs 1 more example" : "needs \(needed) more examples") }
        if let precision { facts.append(precision) }
        if let waiting, waiting > 0 { facts.append("\(waiting) not used yet") }
        if learning { facts.append("learning") }
        return "\(name)  \(facts.joined(separator: ", ")) (\(yes) yes, \(no) no)"
    }
}

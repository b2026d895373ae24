extension UltralyticsExport {
    /// The names of the classes by their numbers, out of what Python prints of a dictionary or a list:
    /// `{0: 'person', 1: "bird's nest"}`. A class without a name, or whose name is its number, is `class 7`.
    static func names(_ text: String) -> [String] {
        var names: [Int: String] = [:]
        for match in text.matches(of: /(?:(\d+)\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/) {
            let number = match.output.1.flatMap { Int($0) } ?? names.count
            let name = String(match.output.2 ?? match.output.3 ?? "").replacing("\\", with: "")
            guard number < mostClasses else { continue }
            names[number] = name.allSatisfy(\.isNumber) ? "class \(number)" : name
        }
        return (0..<((names.keys.max() ?? -1) + 1)).map { names[$0] ?? "class \($0)" }
    }

    /// The whole numbers in a text.
    static func numbers(_ text: String?) -> [Int] {
        text?.split { !$0.isNumber }.compactMap { Int($0) } ?? []
    }

    /// The largest data sets have some 20,000 classes.
    private static let mostClasses = 100_000

    /// What `count` classes are called: as the file says; COCO's names for as many as it has; else by their numbers. Throws
    /// when the file names another number of classes.
    func classes(_ count: Int) throws(UnavailableError) -> [String] {
        guard let names else { return count == COCO.classes.count ? COCO.classes : (0..<count).map { "class \($0)" } }
        guard names.count == count else {
            throw UnavailableError(
                description: "\(name) tells \(count) classes apart and names \(names.count); export it anew")
        }
        return names
    }

    /// What is missing for its labels to mean something, with the remedy; empty when nothing is.
    func gaps(of classes: [String]) -> [String] {
        let nameless = classes.indices.filter { classes[$0] == "class \($0)" }.count
        guard nameless > 0 else { return [] }
        let which = nameless == classes.count ? "its classes" : "\(nameless) of its \(classes.count) classes"
        return ["\(name) has no names for \(which), which become labels such as Class 0; export it with their names"]
    }
}

/// One thing seen in a picture.
public struct Label: Sendable, Equatable, Codable {
    /// Its everyday name, `Siamese Cat`.
    public var name: String
    /// How sure, 0…100.
    public var confidence: Double
    /// What it is a kind of, nearest first: `Cat`, `Pet`, `Animal`. Each is a label of the same list.
    public var parents: [String]
    /// Where it was seen, for things found with a box.
    public var instances: [Instance]
    /// What else people call it: it is found by these words too.
    public var aliases: [String]
    /// The categories it belongs to, `Animals and Pets`; named as Amazon Rekognition names them.
    public var categories: [String]
    /// Whether people taught it, by this photo or others; absent when only the models know it.
    public var taught: Bool?

    /// Describes a label.
    public init(
        name: String, confidence: Double, parents: [String] = [], instances: [Instance] = [], aliases: [String] = [],
        categories: [String] = []
    ) {
        self.name = name
        self.confidence = confidence
        self.parents = parents
        self.instances = instances
        self.aliases = aliases
        self.categories = categories
    }

    /// Reads a label; one stored before labels had aliases and categories has none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        confidence = try values.decode(Double.self, forKey: .confidence)
        parents = try values.decode([String].self, forKey: .parents)
        instances = try values.decode([Instance].self, forKey: .instances)
        aliases = try values.decodeIfPresent([String].self, forKey: .aliases) ?? []
        categories = try values.decodeIfPresent([String].self, forKey: .categories) ?? []
        taught = try values.decodeIfPresent(Bool.self, forKey: .taught)
    }

    /// Writes a label; lists of nothing but instances and parents are left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(confidence, forKey: .confidence)
        try values.encode(parents, forKey: .parents)
        try values.encode(instances, forKey: .instances)
        if !aliases.isEmpty { try values.encode(aliases, forKey: .aliases) }
        if !categories.isEmpty { try values.encode(categories, forKey: .categories) }
        try values.encodeIfPresent(taught, forKey: .taught)
    }

    private enum CodingKeys: CodingKey {
        case name, confidence, parents, instances, aliases, categories, taught
    }

    /// One place where a label was seen.
    public struct Instance: Sendable, Equatable, Codable {
        /// Where.
        public var box: Box
        /// How sure, 0…100.
        public var confidence: Double

        /// Describes an instance.
        public init(box: Box, confidence: Double) {
            self.box = box
            self.confidence = confidence
        }
    }
}

/// A rectangle in a picture, relative to its upright width and height, 0…1.
public struct Box: Sendable, Equatable, Codable {
    /// Distance of its left side from the left of the picture.
    public var left: Double
    /// Distance of its top from the top of the picture.
    public var top: Double
    /// Its width.
    public var width: Double
    /// Its height.
    public var height: Double

    /// Describes a rectangle.
    public init(left: Double, top: Double, width: Double, height: Double) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }
}

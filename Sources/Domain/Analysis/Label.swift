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

    /// Describes a label.
    public init(name: String, confidence: Double, parents: [String] = [], instances: [Instance] = []) {
        self.name = name
        self.confidence = confidence
        self.parents = parents
        self.instances = instances
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

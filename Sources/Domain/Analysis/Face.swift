/// One face in a picture.
public struct Face: Sendable, Equatable, Codable {
    /// Where.
    public var box: Box
    /// How sure it is a face, 0…100.
    public var confidence: Double
    /// Where its eyes, nose and mouth are.
    public var landmarks: [Landmark]
    /// How the head is turned; absent when it was not measured.
    public var pose: Pose?
    /// How well it can be seen; absent when it was not measured.
    public var quality: Quality?
    /// Between which ages the person looks; absent when it was not measured.
    public var ageRange: AgeRange?
    /// How the person looks, `male` or `female`; absent when it was not measured.
    public var gender: Trait<Gender>?
    /// What the face expresses, surest first.
    public var emotions: [Emotion]
    /// Whether it smiles; absent when it was not measured.
    public var smile: Trait<Bool>?
    /// Whether its eyes are open; absent when it was not measured.
    public var eyesOpen: Trait<Bool>?
    /// Whether its mouth is open; absent when it was not measured.
    public var mouthOpen: Trait<Bool>?
    /// What tells this person's faces from others'. No part of the JSON: a catalogue keeps vectors apart.
    public var vector: FeatureVector?

    /// Describes a face; what is not measured is left out.
    public init(box: Box, confidence: Double, landmarks: [Landmark] = [], emotions: [Emotion] = []) {
        self.box = box
        self.confidence = confidence
        self.landmarks = landmarks
        self.emotions = emotions
    }

    private enum CodingKeys: CodingKey {
        case box, confidence, landmarks, pose, quality, ageRange, gender, emotions, smile, eyesOpen, mouthOpen
    }

    /// Something a person can be asked of a face, and how sure the answer is, 0…100.
    public struct Trait<Value: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
        /// The answer.
        public var value: Value
        /// How sure, 0…100.
        public var confidence: Double

        /// Describes an answer.
        public init(_ value: Value, confidence: Double) {
            self.value = value
            self.confidence = confidence
        }
    }

    /// How a person looks to the model; says nothing of who they are.
    public enum Gender: String, Sendable, Codable {
        case male, female
    }

    /// A range of ages in years, both ends included.
    public struct AgeRange: Sendable, Equatable, Codable {
        /// The youngest.
        public var low: Int
        /// The oldest.
        public var high: Int

        /// Describes a range.
        public init(low: Int, high: Int) {
            self.low = low
            self.high = high
        }
    }

    /// One expression and how sure it is, 0…100.
    public struct Emotion: Sendable, Equatable, Codable {
        /// Which.
        public var type: Kind
        /// How sure, 0…100.
        public var confidence: Double

        /// Describes an expression.
        public init(_ type: Kind, confidence: Double) {
            self.type = type
            self.confidence = confidence
        }

        /// The expressions that are told apart.
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case calm, happy, sad, angry, fear, disgusted, surprised
        }
    }

    /// Angles of the head in degrees: 0 is upright and looking into the camera. Positive yaw turns the nose towards the
    /// viewer's left, positive roll leans the head to the viewer's right, positive pitch looks up.
    public struct Pose: Sendable, Equatable, Codable {
        /// Leaning.
        public var roll: Double
        /// Turning.
        public var yaw: Double
        /// Nodding.
        public var pitch: Double

        /// Describes a pose.
        public init(roll: Double, yaw: Double, pitch: Double) {
            self.roll = roll
            self.yaw = yaw
            self.pitch = pitch
        }
    }

    /// How well a face can be seen, each 0…100.
    public struct Quality: Sendable, Equatable, Codable {
        /// How bright its skin is.
        public var brightness: Double
        /// How much fine detail there is.
        public var sharpness: Double

        /// Describes a quality.
        public init(brightness: Double, sharpness: Double) {
            self.brightness = brightness
            self.sharpness = sharpness
        }
    }

    /// A named point of a face, relative to the picture, 0…1.
    public struct Landmark: Sendable, Equatable, Codable {
        /// Which.
        public var type: Kind
        /// From the left of the picture.
        public var x: Double
        /// From its top.
        public var y: Double

        /// Describes a point.
        public init(_ type: Kind, x: Double, y: Double) {
            self.type = type
            self.x = x
            self.y = y
        }

        /// The points, left and right as the viewer sees them.
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case eyeLeft, eyeRight, nose, mouthLeft, mouthRight
        }
    }
}

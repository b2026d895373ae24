import Domain

extension Location {
    /// The place that a receiver of satellite signals wrote (EXIF 2.32, section 4.6.6). `nil` for half a place, one
    /// without its hemispheres, none on this globe, and for exactly 0, 0: that is what devices write which do not know.
    init?(exif place: TIFFDirectory?) {
        guard let place,
            let latitude = Self.degrees(place[0x0002], place[0x0001], positive: "N", negative: "S", most: 90),
            let longitude = Self.degrees(place[0x0004], place[0x0003], positive: "E", negative: "W", most: 180),
            latitude != 0 || longitude != 0
        else { return nil }
        self.init(latitude: latitude, longitude: longitude, altitude: Self.altitude(place[0x0006], place[0x0005]))
    }

    /// Degrees, minutes and seconds, with the hemisphere as the sign.
    private static func degrees(
        _ angle: TIFFField?, _ hemisphere: TIFFField?, positive: Character, negative: Character, most: Double
    ) -> Double? {
        guard let parts = angle?.fractions, (1...3).contains(parts.count), parts.allSatisfy({ $0 >= 0 }),
            let letter = hemisphere?.text?.uppercased().first, [positive, negative].contains(letter)
        else { return nil }
        let degrees = zip(parts, [1, 60, 3600]).reduce(0) { $0 + $1.0 / $1.1 }
        guard degrees <= most else { return nil }
        return letter == negative ? -degrees : degrees
    }

    /// Metres above the sea; below it where the reference is 1. `nil` deeper than any sea and farther than any picture
    /// was taken from.
    private static func altitude(_ height: TIFFField?, _ reference: TIFFField?) -> Double? {
        guard let metres = height?.fractions?.first else { return nil }
        let signed = reference?.integer == 1 ? -metres : metres
        return (-11_000...1_000_000).contains(signed) ? signed : nil
    }
}

import Domain
import Testing

@testable import Perception

@Suite("The names of colours")
struct ColourNameTests {
    @Test("There are 139, all different, each the nearest to itself")
    func table() {
        #expect(CSSColor.all.count == 139)
        #expect(Set(CSSColor.all.map(\.name)).count == 139)
        for colour in CSSColor.all {
            #expect(CSSColor.nearest(to: colour.colour).name == colour.name)
        }
    }

    @Test("OKLab is what its author published, and comes back to sRGB")
    func oklab() {
        // The red of sRGB as CSS Color 4 has it.
        let red = OKLab(red: 255, green: 0, blue: 0)
        #expect(abs(red.lightness - 0.62796) < 0.0005)
        #expect(abs(red.chroma - 0.25768) < 0.0005)
        #expect(abs(red.hue - 29.23) < 0.05)
        #expect(abs(OKLab(red: 255, green: 255, blue: 255).lightness - 1) < 0.0001)
        for red in stride(from: 0, through: 255, by: 51) {
            for green in stride(from: 0, through: 255, by: 17) {
                for blue in stride(from: 0, through: 255, by: 51) {
                    let colour = SIMD3(UInt8(red), UInt8(green), UInt8(blue))
                    #expect(OKLab(red: colour.x, green: colour.y, blue: colour.z).rgb == colour)
                }
            }
        }
    }

    @Test(
        "Colours with everyday words in their names get these words",
        arguments: [
            SimplifiedColor.black: ["black"],
            .grey: ["grey", "dimgrey", "darkgrey", "silver", "lightgrey", "gainsboro", "slategrey"],
            .white: ["white", "snow", "ivory", "whitesmoke", "ghostwhite", "mintcream", "floralwhite", "azure"],
            .red: ["red", "darkred", "firebrick", "crimson", "maroon"],
            .orange: ["orange", "darkorange", "coral", "sandybrown"],
            .brown: ["saddlebrown", "sienna", "chocolate", "peru", "tan", "rosybrown", "darkgoldenrod"],
            .yellow: ["yellow", "gold", "khaki", "lemonchiffon", "palegoldenrod"],
            .green: ["green", "lime", "darkgreen", "forestgreen", "olive", "darkolivegreen", "palegreen", "seagreen"],
            .cyan: ["cyan", "teal", "turquoise", "darkcyan", "paleturquoise"],
            .blue: ["blue", "navy", "royalblue", "steelblue", "skyblue", "midnightblue", "deepskyblue", "dodgerblue"],
            .purple: ["purple", "indigo", "magenta", "orchid", "plum", "violet", "rebeccapurple", "thistle"],
            .pink: ["pink", "hotpink", "deeppink", "lightpink", "palevioletred", "salmon"],
        ])
    func simplified(word: SimplifiedColor, names: [String]) {
        for name in names {
            let colour = CSSColor.all.first { $0.name == name }?.colour
            #expect(colour?.simplified == word, "\(name)")
        }
    }
}

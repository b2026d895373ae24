internal import Domain

extension OKLab {
    /// What everybody would call the colour. The limits are set so that the colours that CSS names after these words, and
    /// their dark, light and pale kinds, get them.
    var simplified: SimplifiedColor {
        let isGrey = chroma < 0.032
        if lightness < 0.22 || isGrey && lightness < 0.3 { return .black }
        if lightness > 0.93 && chroma < 0.04 { return .white }
        if isGrey { return .grey }
        return named
    }

    private var named: SimplifiedColor {
        switch hue {
        case ..<18: lightness > 0.6 ? .pink : .red
        case ..<36: lightness > 0.7 ? .pink : chroma < 0.1 ? .brown : .red
        case ..<88: lightness > 0.7 && chroma > 0.1 || lightness > 0.88 ? .orange : .brown
        case ..<104: lightness > 0.7 ? .yellow : .brown
        case ..<118: lightness > 0.7 ? .yellow : .green
        case ..<168: .green
        case ..<222: .cyan
        case ..<292: .blue
        case ..<338: .purple
        default: lightness > 0.5 ? .pink : .purple
        }
    }
}

extension ModerationTask {
    /// A witness who sees nothing is worth this much and never less, as either model overlooks things.
    static let witnessFloor = 0.1

    /// How sure each category is, 0…1, of what either model says. `nil` for a model that is not there; then the other's
    /// word is taken as it is.
    ///
    /// Where both are there they are taken for two independent witnesses, whose odds multiply. Of 378 everyday pictures
    /// NudeNet alone calls 4 explicit at 0.5 (mouths, mostly), NSFW MobileNet alone 12 (portraits, shells, a guitar), both
    /// together 2. How much that is really there they find has not been measured.
    static func confidences(
        parts: [ModerationCategory: Double]?, verdict: PictureJudge.Verdict?
    ) -> [ModerationCategory: Double] {
        guard let verdict else { return parts ?? [:] }
        let whole: [ModerationCategory: Double] = [
            .explicit: verdict.explicit, .swimwearOrUnderwear: verdict.suggestive,
        ]
        guard let parts else { return whole }
        // What the detector has no word for may still be there.
        var confidences = whole.mapValues { agreement(0, $0) }
        for (category, score) in parts {
            // Who is undressed in an explicit picture is no less undressed.
            let support =
                category.root == .explicit ? verdict.explicit : min(verdict.explicit + verdict.suggestive, 1)
            confidences[category] = max(confidences[category] ?? 0, agreement(score, support))
        }
        return confidences
    }

    /// Two independent probabilities of the same thing, put together.
    private static func agreement(_ first: Double, _ second: Double) -> Double {
        let (first, second) = (max(first, witnessFloor), max(second, witnessFloor))
        let (both, neither) = (first * second, (1 - first) * (1 - second))
        return both + neither > 0 ? both / (both + neither) : 0
    }
}

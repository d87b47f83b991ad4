import Control

/// What `nnctl init` found and made; `--json` prints it.
package struct InitReport: Encodable, Sendable, Equatable {
    package var file: String
    package var name: String
    /// `classification` or `regression`.
    package var task: String
    /// Of the model: classes, or targets.
    package var outputs: Int
    /// Of one sample.
    package var shape: [Int]
    package var samples: [String: Int]
    package var parameters: Int
    /// What is in the way of starting it, a sentence each.
    package var problems: [String]
    /// What is odd about the labels or the targets, a sentence each.
    package var remarks: [String]

    init(_ draft: JobDraft, file: String, _ needs: JobNeeds) {
        self.file = file
        name = draft.name
        task = draft.isClassification ? "classification" : "regression"
        outputs = draft.outputs
        shape = draft.data.train.shape
        samples = Dictionary(
            uniqueKeysWithValues: draft.data.samples.map { ($0.key.rawValue, $0.value.count) })
        parameters = needs.parameters
        problems = needs.problems
        remarks = draft.remarks
    }
}

/// What `nnctl init` shows.
enum InitCard {
    static func rendered(_ draft: JobDraft, _ report: InitReport, width: Int?, style: Style) -> String {
        var card = Card("\(report.file): job \(report.name)")
        card.add("found", draft.found)
        for role in DataName.Role.allCases {
            guard let samples = draft.data.samples[role] else { continue }
            let files = samples.keys.filter(\.isPath).map(\.value.printable).joined(separator: ", ")
            card.add(role.rawValue, "\(samples.count) from \(files)")
        }
        if draft.data.samples[.validation] == nil {
            card.add(
                "validation", "\(Number.fixed(draft.validationFraction * 100, 0)) % of the training samples")
        }
        if draft.data.isTable {
            card.add(
                draft.isClassification ? "label" : "target",
                "column \(draft.data.train.labels.name.printable)"
                    + (draft.data.train.isGuess ? " (a guess; --label names another one)" : ""))
        }
        card.add("scaling", draft.scaling.text)
        card.add(
            "model",
            (draft.hasConvolutions ? "convolutions with batch norm" : "dense layers")
                + ", \(String.counted(report.parameters, "parameter"))")
        card.add("training", "\(draft.epochs) epochs in batches of \(draft.batchSize), Adam")
        for remark in report.remarks { card.add("remark", remark.printable, .yellow) }
        for problem in report.problems { card.add("problem", problem.printable, .yellow) }
        return card.rendered(width: width, style: style)
    }
}

import Charts

/// Losses and accuracies of some nets.
func comparison(_ runs: [Run]) -> TextTable {
    var table = TextTable(
        words: ["net"],
        numbers: ["train loss", "test loss", "lowest test loss", "train accuracy", "test accuracy"])
    for run in runs {
        let last = run.last
        let lowest = run.scores.map(\.test.loss).min() ?? last.test.loss
        table.append([
            run.name, Text.loss(last.train.loss), Text.loss(last.test.loss), Text.loss(lowest),
            Text.percent(last.train.accuracy), Text.percent(last.test.accuracy),
        ])
    }
    return table
}

/// A curve of each net over the steps.
func chart(
    _ title: String, _ y: Chart.Caption, _ runs: [Run], _ value: (Score) -> Double
) -> Chart {
    let lines = runs.enumerated().map { index, run in
        Chart.Line(run.name, color: index, run.points(value))
    }
    return Chart(title: title, x: .init("step"), y: y, lines: lines)
}

/// Two curves of each net over the steps: on the training images, dashed, and on the test images.
func chart(
    _ title: String, _ y: Chart.Caption, _ runs: [Run], _ train: (Score) -> Double,
    _ test: (Score) -> Double
) -> Chart {
    let lines = runs.enumerated().flatMap { index, run in
        [
            Chart.Line("\(run.name), test", color: index, run.points(test)),
            Chart.Line("\(run.name), train", color: index, isDashed: true, run.points(train)),
        ]
    }
    return Chart(title: title, x: .init("step"), y: y, lines: lines)
}

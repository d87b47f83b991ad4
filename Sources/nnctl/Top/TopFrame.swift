import Charts
import Control
package import Foundation

/// The screen of `nnctl top`: lines of text for a state and a size.
package struct TopFrame {
    let state: TopState
    let width: Int
    let height: Int
    let now: Date
    let style: Style

    /// - Returns: `height` lines that take at most `width` columns each; escape codes for colours count nothing.
    package static func rendered(
        _ state: TopState, width: Int, height: Int, now: Date, style: Style
    ) -> [String] {
        let frame = TopFrame(
            state: state, width: max(1, width), height: max(1, height), now: now, style: style)
        let lines = frame.lines.prefix(frame.height).map { $0.clipped(to: frame.width) }
        return lines + Array(repeating: "", count: frame.height - lines.count)
    }

    /// How many jobs are in sight on a screen of that height.
    package static func pageSize(height: Int) -> Int {
        max(1, height - chartHeight(height) - (height >= 5 ? 3 : height >= 3 ? 2 : 0))
    }

    /// How many lines the curves have with their title; none where the jobs need them.
    private static func chartHeight(_ height: Int) -> Int {
        height < 14 ? 0 : min(14, height / 2)
    }

    private var lines: [String] {
        guard height >= 3 else { return Array(rows(height).dropFirst().prefix(height - 1)) + [footer] }
        let body: [String] =
            switch state.page {
            case .list: list
            case .details: details
            case .help: help
            }
        let room = bodyHeight
        let filled = body.prefix(room) + Array(repeating: "", count: max(0, room - body.count))
        return (hasHeader ? [header] : []) + filled + [footer]
    }

    private var hasHeader: Bool { height >= 5 }
    /// How many lines there are between header and footer.
    private var bodyHeight: Int { height - (hasHeader ? 2 : 1) }

    private var header: String {
        let counts = [("running", JobState.running), ("queued", .queued), ("paused", .paused)].map {
            name, value in
            "\(state.jobs.count { $0.state == value }) \(name)"
        }
        let ended = "\(state.jobs.count { $0.state.isTerminal }) ended"
        let text = style.paint("nnctl top", .bold) + "  " + (counts + [ended]).joined(separator: ", ")
        return state.isAway ? style.paint("reconnecting to the daemon…", .yellow) + "  " + text : text
    }

    private var footer: String {
        if let id = state.stopping {
            let name = state.jobs.first { $0.id == id }?.title ?? "\(id)"
            return style.paint("stop job \(name)? It takes a checkpoint first.  y yes  n no", .yellow)
        }
        if let message = state.message {
            return style.paint(message.text.printable.truncated(to: width), message.isError ? .red : .cyan)
        }
        if state.isAway, height < 5 { return style.paint("reconnecting to the daemon…", .yellow) }
        let keys =
            width < 60
            ? "q quit  ? help  p pause  +/- s ⏎"
            : "q quit  ? help  ↑↓ select  p pause or resume  + - workers  s stop  ⏎ details"
        return style.paint(keys, .dim)
    }

    private var list: [String] {
        guard !state.jobs.isEmpty else { return ["", "There are no jobs; `nnctl start SPEC` starts one."] }
        let chart = Self.chartHeight(height)
        let room = bodyHeight - chart
        let rows = rows(room - 1)
        let space = Array(repeating: "", count: max(0, room - rows.count))
        return rows + space + (chart > 0 ? self.chart(chart) : [])
    }

    /// The titles and as many jobs, among them the selected one.
    private func rows(_ count: Int) -> [String] {
        let place = state.jobs.firstIndex { $0.id == state.selected } ?? 0
        let count = max(1, count)
        let first = min(max(0, place - count / 2), max(0, state.jobs.count - count))
        return TopTable.rendered(
            Array(state.jobs.dropFirst(first).prefix(count)), selected: state.selected, now: now,
            width: width, style: style)
    }

    private var details: [String] {
        guard let job = state.job else { return list }
        let card = JobCard.rendered(job, now: now, width: width, style: style)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        let room = bodyHeight - card.count - 1
        return room >= 6 ? card + [""] + chart(min(room, 14)) : card
    }

    private func chart(_ lines: Int) -> [String] {
        guard let job = state.job else { return [] }
        return TopCurves.rendered(
            job, state.curves.flatMap { $0.job == job.id ? $0.points : nil }, width: width, height: lines,
            style: style)
    }

    private var help: [String] {
        let keys = [
            ("↑ ↓ j k", "select a job"), ("PgUp PgDn g G", "a page on, the first, the last"),
            ("⏎", "all there is to know of the job, and back"), ("p", "pause the job, or go on with it"),
            ("+ -", "one worker more, one less"), ("s", "stop the job, after a checkpoint; asks first"),
            ("? h", "this help, and back"), ("Esc", "back to the list"),
            ("q Ctrl-C", "leave; all jobs go on"),
        ]
        return [style.paint("Keys", .bold)]
            + keys.map { "  \(style.paint($0.0.padded(to: 14), .cyan))  \($0.1)" }
    }
}

import Control
import Foundation
import Spec
import Testing
import nnctl

@Suite("The keys of top")
struct TopKeyTests {
    @Test(
        "what terminals send",
        arguments: [
            ("\u{1B}[A\u{1B}OB", [TopKey.up, .down]), ("jk", [.down, .up]),
            ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
            ("\u{1B}[H\u{1B}OF", [.first, .last]), ("\r", [.enter]),
            ("p+-s?q", "p+-s?q".map { .character($0) }),
            ("\u{1B}", [.escape]), ("\u{1B}[1;5Cq", [.character("q")]), ("\u{0}\u{7F}ü", []),
        ] as [(String, [TopKey])])
    func keys(text: String, expected: [TopKey]) {
        var reader = TopKeyReader()
        #expect(reader.keys(Array(text.utf8)) == expected)
    }

    @Test("a sequence may come in pieces")
    func pieces() {
        var reader = TopKeyReader()
        #expect(reader.keys([0x1B, 0x5B]) == [])
        #expect(reader.keys([0x42, 0x71]) == [.down, .character("q")])
    }
}

@Suite("What the keys of top do")
struct TopStateTests {
    private func state() -> TopState {
        var state = TopState()
        state.see([Samples.failed, Samples.queued, Samples.running])
        return state
    }

    @Test("those that train come first, and the first is selected")
    func order() {
        let state = state()
        #expect(state.jobs.map(\.id) == [7, 5, 6])
        #expect(state.selected == 7)
    }

    @Test("the selection moves to the ends and no further, and stays on its job")
    func moving() {
        var state = state()
        #expect(state.press(.down) == nil)
        #expect(state.selected == 5)
        #expect(state.press(.pageDown) == nil)
        #expect(state.press(.down) == nil)
        #expect(state.selected == 6)
        var next = Samples.running
        next.id = 9
        state.see([Samples.failed, Samples.queued, Samples.running, next])
        #expect(state.selected == 6)
        // The job is gone; the selection is where it was.
        state.see([Samples.queued, next])
        #expect(state.selected == 5)
        state.see([])
        #expect(state.selected == nil)
        #expect(state.press(.down) == nil)
        #expect(state.press(.character("p")) == nil)
        #expect(state.press(.enter) == nil)
        #expect(state.page == .list)
    }

    @Test("p pauses and resumes, + and - scale, never below one")
    func control() {
        var state = state()
        #expect(state.press(.character("p")) == .pause(7))
        #expect(state.press(.character("+")) == .scale(7, .count(3)))
        #expect(state.press(.character("-")) == .scale(7, .count(1)))
        _ = state.press(.down)
        #expect(state.press(.character("-")) == nil)
        #expect(state.message?.text == "job 5 (next) has one worker already")
        _ = state.press(.down)
        #expect(state.message == nil)
        #expect(state.press(.character("p")) == .resume(6))
        #expect(state.press(.character("+")) == nil)
        #expect(state.message != nil)
    }

    @Test("s stops after a yes, and every other key is a no")
    func stopping() {
        var state = state()
        for key in [TopKey.character("n"), .enter, .escape, .character("q"), .character("s")] {
            #expect(state.press(.character("s")) == nil)
            #expect(state.stopping == 7)
            #expect(state.press(key) == nil)
            #expect(state.stopping == nil)
        }
        _ = state.press(.character("s"))
        #expect(state.press(.character("y")) == .stop(7))
        // A job that ends meanwhile needs no stop.
        _ = state.press(.character("s"))
        var ended = Samples.running
        ended.state = .succeeded
        state.see([ended])
        #expect(state.stopping == nil)
    }

    @Test("q leaves the program from everywhere, escape a page")
    func quitting() {
        for key in [TopKey.character("?"), .enter] {
            var state = state()
            _ = state.press(key)
            #expect(state.page == (key == .enter ? .details : .help))
            #expect(state.press(.character("q")) == .quit)
            #expect(state.press(.escape) == nil && state.page == .list)
            #expect(state.press(.character("q")) == .quit)
        }
    }

    @Test(
        "curves that come late, of a job that was selected before, do not take the place of the selected one's"
    )
    func lateCurves() {
        var state = state()
        let points = [MetricPoint(step: 1, epoch: 0, name: "loss", value: 1)]
        state.see(points, of: 7)
        state.see([], of: 5)
        #expect(state.curves?.job == 7 && state.curves?.points == points)
        _ = state.press(.down)
        state.see([], of: 5)
        #expect(state.curves?.job == 5)
    }
}

@Suite("The screen of top")
struct TopFrameTests {
    private func state(_ jobs: [JobStatus] = [Samples.failed, Samples.queued, Samples.running]) -> TopState {
        var state = TopState()
        state.see(jobs)
        let points = (1...20).flatMap { step in
            [
                MetricPoint(step: step, epoch: 1, name: "loss", value: 1 / Double(step)),
                MetricPoint(step: step, epoch: 1, name: "val_loss", value: 1.5 / Double(step)),
            ]
        }
        state.see(points, of: 7)
        return state
    }

    private func lines(_ state: TopState, _ width: Int, _ height: Int, _ style: Style = .plain) -> [String] {
        TopFrame.rendered(state, width: width, height: height, now: Samples.now, style: style)
    }

    private func plain(_ line: String) -> String { line.replacing(/\u{1B}\[\d+m/, with: "") }

    @Test(
        "it has as many lines as the screen, none of them wider, whatever the size, the page and the colours")
    func everySize() {
        var pages = [state(), state(), state(), state(), state([])]
        _ = pages[1].press(.enter)
        _ = pages[2].press(.character("?"))
        _ = pages[3].press(.character("s"))
        pages[4].lose()
        for state in pages {
            for width in [1, 2, 5, 10, 20, 39, 40, 60, 80, 100, 200] {
                for height in [1, 2, 3, 4, 5, 8, 14, 24, 50] {
                    let lines = lines(state, width, height)
                    #expect(lines.count == height)
                    #expect(lines.allSatisfy { $0.count <= width }, "\(width) by \(height): \(lines)")
                    let colored = self.lines(state, width, height, .colored)
                    #expect(colored.count == height)
                    #expect(colored.allSatisfy { plain($0).count <= width })
                    // No colour runs on.
                    #expect(colored.allSatisfy { !$0.contains("\u{1B}") || $0.contains("\u{1B}[0m") })
                }
            }
        }
    }

    @Test("100 by 24: the jobs, the selected one's curves, the keys")
    func wide() {
        let lines = lines(state(), 100, 24)
        #expect(lines[0] == "nnctl top  1 running, 1 queued, 0 paused, 1 ended")
        let titles =
            "ID  NAME                    STATE    PROGRESS             LOSS  VALIDATION  ETA/AGE  WORKERS"
        let first =
            ">7  fashion-mlp             running  ━━━───────  30%    0.2713       0.887     0:42        2"
        #expect(lines[1] == titles)
        #expect(lines[2] == first)
        #expect(lines[3].hasPrefix(" 5  next"))
        #expect(lines.contains("loss of job 7 (fashion-mlp)  a training, b validation"))
        // Braille patterns.
        #expect(lines.contains { $0.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) } })
        #expect(lines[23].hasPrefix("q quit  ? help"))
    }

    @Test("without colours the mark of the selected job moves nothing, however many digits its id has")
    func mark() {
        var job = Samples.running
        job.id = 1234
        let lines = lines(state([job, Samples.queued]), 100, 24)
        #expect(lines[2].hasPrefix(">1234  fashion-mlp  running"))
        #expect(lines[1].hasPrefix("   ID  NAME         STATE"))
        #expect(
            lines[2].hasSuffix("       2") && lines[1].hasSuffix("WORKERS")
                && lines[1].count == lines[2].count)
        #expect(lines[3].hasPrefix("    5  next         queued"))
    }

    @Test("while curves have not come nothing is said of them")
    func waiting() {
        var state = state()
        _ = state.press(.down)
        #expect(lines(state, 100, 24).contains("loss of job 5 (next)  …"))
        state.see([], of: 5)
        #expect(lines(state, 100, 24).contains("loss of job 5 (next)  nothing has been measured yet"))
    }

    @Test("40 columns: name, state and loss are there")
    func narrow() {
        let lines = lines(state(), 40, 10)
        #expect(lines[1].hasPrefix("ID  NAME") && lines[1].contains("STATE") && lines[1].contains("LOSS"))
        #expect(lines[2].contains("fashion-mlp") || lines[2].contains("fashion"))
        #expect(lines[2].contains("running") && lines[2].contains("0.2713"))
    }

    @Test("of many jobs the selected one is in sight")
    func scrolling() {
        let jobs = (1...100).map { id in
            var job = Samples.queued
            (job.id, job.name) = (id, "job-\(id)")
            return job
        }
        var state = state(jobs)
        for key in [TopKey.last, .up, .pageUp, .first, .pageDown] {
            _ = state.press(key, pageSize: TopFrame.pageSize(height: 24))
            let shown = lines(state, 80, 24).filter { $0.hasPrefix(">") }
            #expect(shown.count == 1)
            #expect(shown.first?.contains("job-\(state.selected ?? 0) ") == true)
        }
    }

    @Test("questions, answers and a daemon that is away are told")
    func telling() {
        var state = state()
        _ = state.press(.character("s"))
        #expect(lines(state, 80, 24)[23].hasPrefix("stop job 7 (fashion-mlp)?"))
        _ = state.press(.character("n"))
        state.message = .init(text: "no \u{1B}[31mworkers", isError: true)
        #expect(lines(state, 80, 24)[23] == "no \u{FFFD}[31mworkers")
        state.lose()
        #expect(lines(state, 80, 24)[0].hasPrefix("reconnecting to the daemon…"))
        state.see([Samples.running])
        #expect(lines(state, 80, 24)[0].hasPrefix("nnctl top"))
        #expect(lines(TopState(), 80, 24).contains { $0.hasPrefix("There are no jobs") })
    }
}

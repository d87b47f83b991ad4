import Control
import Foundation
import Hummingbird

/// `/metrics`, for Prometheus and its like.
struct OpenMetricsRoutes {
    let daemon: DaemonIdentity
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.get("/metrics") { _, _ in
            Reply.json(Data(await document().utf8), type: OpenMetricsText.contentType)
        }
    }

    private func document() async -> String {
        let counts = await supervisor.jobCounts()
        var text = OpenMetricsText()
        text.add(
            "nnd_build", .info, "The program.",
            [.init(1, [("version", Version.current), ("instruction_set", daemon.instructionSet)])])
        text.add(
            "nnd_jobs", .gauge, "Jobs by state.",
            JobState.allCases.map { .init(Double(counts[$0]), [("state", $0.rawValue)]) })
        ProcessMetrics().add(to: &text)
        text.add(
            "nnd_database_bytes", .gauge, unit: "bytes", "The database and its log.",
            [.init(Double(daemon.databaseBytes))])
        RunningJobMetrics.add(await supervisor.runningJobMetrics(), to: &text)
        return text.document
    }
}

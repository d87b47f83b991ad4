import Control
import Foundation

extension Client {
    /// The jobs' statuses, curves and specs side by side.
    func comparison(of curves: [JobCurves], now: Date) async throws(ClientError) -> JobComparison {
        var specs: [JSONValue] = []
        for job in curves { specs.append(try await spec(of: "\(job.job.id)")) }
        let jobs = curves.map { curves in
            let job = curves.job
            let seconds = job.startedAt.map { (job.finishedAt ?? now).timeIntervalSince($0) }
            return JobComparison.Job(job, seconds: seconds, metrics: curves.scores)
        }
        let differences = SpecDifference.all(specs).filter { $0.key != "name" }
        return JobComparison(jobs: jobs, differences: differences)
    }
}

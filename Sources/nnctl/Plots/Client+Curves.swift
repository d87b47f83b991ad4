import Control

extension Client {
    /// The most values of a curve that a plot is made of; longer ones come thinned by the daemon.
    private static let mostPoints = 20_000

    /// What the jobs measured, on the branch that each is on: after a resume from an older checkpoint the curve goes on from there.
    ///
    /// - Parameter references: Ids or names; one that is given twice is taken once.
    func curves(of references: [String]) async throws(ClientError) -> [JobCurves] {
        var statuses: [JobStatus] = []
        for reference in references {
            let status = try await status(of: reference)
            if !statuses.contains(where: { $0.id == status.id }) { statuses.append(status) }
        }
        var curves: [JobCurves] = []
        for status in statuses {
            let isAlone = statuses.count { $0.name == status.name } == 1
            let points = try await metrics(of: "\(status.id)", points: .atMost(Self.mostPoints)).metrics
            let name = status.name.printable
            curves.append(JobCurves(status, name: isAlone ? name : "\(name) (\(status.id))", points))
        }
        return curves
    }
}

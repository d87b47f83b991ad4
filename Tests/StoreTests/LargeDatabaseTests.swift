import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Large databases", .timeLimit(.minutes(15)))
struct LargeDatabaseTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    @Test(
        "queries go through the keys, however many rows there are", arguments: Store.keyedQueries)
    func plans(sql: String) async throws {
        let plan = try await store.database.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments([])
            return try Row.fetchAll(statement)
                .map { row -> String in row["detail"] }
        }
        #expect(!plan.isEmpty)
        for table in [
            "metrics", "m", "checkpoints", "c", "n", "chunks", "checkpoint_chunks", "o", "jobs", "j",
        ] {
            #expect(!plan.contains { $0 == "SCAN \(table)" || $0.hasPrefix("SCAN \(table) ") }, "\(plan)")
        }
    }

    @Test("a long curve is thinned evenly, with its ends, and a short one stays whole")
    func thinning() async throws {
        let job = try await store.makeJob()
        var rows = (1...1000).map { MetricRow(step: $0, epoch: 0, name: "loss", value: Double($0)) }
        rows += [3, 500, 501].map { MetricRow(step: $0, epoch: 0, name: "val_loss", value: Double($0)) }
        var snapshot = TrainingSnapshot.small(step: 1000)
        snapshot.metrics = rows
        let fork = try await store.commit(snapshot, job: job, retention: keepAll)
        try await store.beginBranch(job: job, from: fork.id, acceptingChange: true)
        var later = TrainingSnapshot.small(step: 2000)
        later.metrics = (1000...2000).map { MetricRow(step: $0, epoch: 1, name: "loss", value: Double(-$0)) }
        try await store.commit(later, job: job, retention: keepAll)

        let thin = try await store.metrics(job: job, points: 5)
        #expect(thin.filter { $0.name == "val_loss" }.map(\.step) == [3, 500, 501])
        #expect(thin.filter { $0.name == "loss" }.map(\.value) == [1, 500, -1000, -1500, -2000])
        #expect(try await store.metrics(job: job).count == 2003)
        #expect(try await store.metrics(job: job, since: 1998, points: 5).map(\.step) == [1999, 2000])

        let whole = try await store.metrics(job: job)
        for limit in [70, 1000, 5000] {
            var (parts, last) = ([MetricRow](), Int?.none)
            while true {
                let part = try await store.metricsPart(job: job, since: last, limit: limit)
                guard let end = part.last else { break }
                #expect(Dictionary(grouping: part, by: \.name).allSatisfy { $1.count <= limit })
                parts += part
                last = end.step
            }
            #expect(parts == whole, "parts of \(limit)")
        }
        #expect(try await store.metricsPart(job: job, since: 1998, limit: 9).map(\.step) == [1999, 2000])
        #expect(
            try await store.metricsPart(job: job, since: 2, limit: 1).map(\.name) == ["loss", "val_loss"])

        let newest = try await store.newestMetrics(of: [try await store.job(id: job)])
        #expect(newest[job]?.map(\.step).sorted() == [501, 2000])
    }
}

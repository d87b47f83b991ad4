import NN
import Spec
import TestSupport
import Testing

@Suite("Learning rate schedules")
struct ScheduleTests {
    private struct Reference: Decodable {
        let steps_per_epoch: Int
        let schedules: [Case]

        struct Case: Decodable {
            let spec: String
            let warmup_steps: Int
            let total_steps: Int
            let factors: [Double]
        }
    }

    /// A job file's schedule, with a warm-up.
    private func schedule(_ text: String, warmup: Int = 0, totalSteps: Int, stepsPerEpoch: Int = 1) throws
        -> Schedule
    {
        var spec = try job(schedule: text).schedule
        spec.warmupSteps = warmup
        return Schedule(spec, totalSteps: totalSteps, stepsPerEpoch: stepsPerEpoch)
    }

    @Test("every schedule at every step is optax's or PyTorch's")
    func references() throws {
        let reference = try Fixture.decode("schedules/reference.json", as: Reference.self)
        #expect(reference.schedules.count == 13)
        for run in reference.schedules {
            let schedule = try schedule(
                run.spec, warmup: run.warmup_steps, totalSteps: run.total_steps,
                stepsPerEpoch: reference.steps_per_epoch)
            for (step, factor) in run.factors.enumerated() {
                #expect(abs(schedule.factor(step: step) - factor) < 1e-12, "\(run.spec), step \(step)")
            }
        }
    }

    @Test("A constant schedule multiplies by one")
    func constant() throws {
        let schedule = try schedule("constant", totalSteps: 10)
        #expect((0..<20).allSatisfy { schedule.factor(step: $0) == 1 })
    }

    @Test("Half a cosine: 1 at the first step, 1/2 half-way, near 0 at the last one")
    func cosine() throws {
        // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=8, eta_min=0) with a rate of 1.
        let expected = [
            1.0, 0.9619397662556434, 0.8535533905932737, 0.6913417161825449, 0.5, 0.30865828381745514,
            0.14644660940672627, 0.03806023374435663,
        ]
        let schedule = try schedule("cosine", totalSteps: 8)
        for (step, factor) in expected.enumerated() {
            #expect(abs(schedule.factor(step: step) - factor) < 1e-15)
        }
        #expect(schedule.factor(step: 8) < 1e-15)
    }

    @Test("Warm-up rises in equal parts and reaches 1 before the cosine begins")
    func warmUp() throws {
        let schedule = try schedule("cosine", warmup: 4, totalSteps: 12)
        #expect((0..<5).map { schedule.factor(step: $0) } == [0.25, 0.5, 0.75, 1, 1])
        #expect(abs(schedule.factor(step: 8) - 0.5) < 1e-15)
    }

    @Test(
        "A warm-up as long as the job or longer never reaches the curve", arguments: ["cosine", "constant"])
    func longWarmUp(_ kind: String) throws {
        let schedule = try schedule(kind, warmup: 10, totalSteps: 5)
        #expect((0..<5).map { schedule.factor(step: $0) } == [0.1, 0.2, 0.3, 0.4, 0.5])
    }

    @Test("Powers of whole periods are exact")
    func wholePeriods() throws {
        let schedule = try schedule("{exponential: {every_steps: 4, factor: 0.5}}", totalSteps: 12)
        #expect([0, 4, 8, 40].map { schedule.factor(step: $0) } == [1, 0.5, 0.25, 1.0 / 1024])
    }

    @Test("Schedules of one or two steps, and steps past the end, give factors from 0 to 1")
    func short() throws {
        let kinds = [
            "{step: {every_epochs: 1000000000}}", "{exponential: {every_steps: 1, factor: 0.9}}",
            "polynomial",
            "{polynomial: {power: 0.5}}", "cosine", "one_cycle", "{one_cycle: {peak: 0.999}}",
            "{one_cycle: {peak: 0.5}}",
        ]
        for kind in kinds {
            for total in [1, 2, 3] {
                let schedule = try schedule(kind, totalSteps: total, stepsPerEpoch: 1_000_000_000)
                for step in [0, 1, 2, 3, 1_000_000_000] {
                    let factor = schedule.factor(step: step)
                    #expect((0...1).contains(factor), "\(kind) of \(total) steps at \(step): \(factor)")
                }
            }
        }
        let one = try schedule("one_cycle", totalSteps: 1)
        #expect(one.factor(step: 0) == 1)
    }
}

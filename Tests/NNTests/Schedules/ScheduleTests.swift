import NN
import Spec
import Testing

@Suite("Learning rate schedules")
struct ScheduleTests {
    @Test("A constant schedule multiplies by one")
    func constant() {
        let schedule = Schedule(.constant, totalSteps: 10)
        #expect((0..<20).allSatisfy { schedule.factor(step: $0) == 1 })
    }

    @Test("Half a cosine: 1 at the first step, 1/2 half-way, near 0 at the last one")
    func cosine() {
        // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=8, eta_min=0) with a rate of 1.
        let expected = [
            1.0, 0.9619397662556434, 0.8535533905932737, 0.6913417161825449, 0.5, 0.30865828381745514,
            0.14644660940672627, 0.03806023374435663,
        ]
        let schedule = Schedule(.cosine(CosineSpec()), totalSteps: 8)
        for (step, factor) in expected.enumerated() {
            #expect(abs(schedule.factor(step: step) - factor) < 1e-15)
        }
        #expect(schedule.factor(step: 8) < 1e-15)
    }

    @Test("Warm-up rises in equal parts and reaches 1 before the cosine begins")
    func warmUp() {
        let schedule = Schedule(.cosine(CosineSpec(warmupSteps: 4)), totalSteps: 12)
        #expect((0..<5).map { schedule.factor(step: $0) } == [0.25, 0.5, 0.75, 1, 1])
        #expect(abs(schedule.factor(step: 8) - 0.5) < 1e-15)
    }

    @Test("A warm-up as long as the job or longer never reaches the cosine")
    func longWarmUp() {
        let schedule = Schedule(.cosine(CosineSpec(warmupSteps: 10)), totalSteps: 5)
        #expect((0..<5).map { schedule.factor(step: $0) } == [0.1, 0.2, 0.3, 0.4, 0.5])
    }
}

import Parallel
import Testing
import TrainerWire

@Suite("Why a trainer could not go on")
struct TrainerFailureTests {
    @Test("is told with whether it lies outside the job, on whatever rank", arguments: [true, false])
    func ranks(isOutside: Bool) {
        let failure = TrainerFailure(RankFailure("rank 1: x", isOutsideTheJob: isOutside))
        #expect(failure.description == "rank 1: x" && failure.isOutsideTheJob == isOutside)
    }
}

import Datasets
import Foundation
import Parallel
import Spec
import Testing

@Suite("Ranks that do not go together")
struct RankIdentityTests {
    @Test("are refused with the reason that all of them have, or that one has")
    func failures() throws {
        let broken = RankIdentity(.failure(TrainingFailure("there is no x.csv")))
        let job = RankIdentity(Result { try TrainingJob(SmallJob.spec()) })
        #expect(RankIdentity.problem([broken, broken])?.description == "there is no x.csv")
        #expect(RankIdentity.problem([job, broken, job])?.description == "rank 1: there is no x.csv")
        #expect(RankIdentity.problem([job, job, job]) == nil)
        let unmounted = RankIdentity(
            .failure(DataError(.missingFile, file: "x.csv", "there is no such file")))
        for all in [[unmounted, unmounted], [job, unmounted]] {
            #expect(RankIdentity.problem(all)?.isOutsideTheJob == true)
        }
        #expect(RankIdentity.problem([job, broken])?.isOutsideTheJob == false)
    }

    @Test("are told apart by their programs and C libraries, and not by their hosts")
    func programs() throws {
        let job = RankIdentity(Result { try TrainingJob(SmallJob.spec()) })
        #expect(job.program.build.count > 64 && job.program.library.contains("."))
        var odd = job
        odd.program.host = "b"
        #expect(RankIdentity.problem([job, odd]) == nil)
        odd.program.library = "glibc 2.1"
        #expect(
            RankIdentity.problem([job, odd])?.description.hasPrefix("rank 1 on b has glibc 2.1, rank 0 has ")
                == true)
        odd.program.build = "0"
        #expect(
            RankIdentity.problem([job, job, odd])?.description
                == "rank 2 on b runs another build of nnd-rank; install the same package on all hosts")
    }

    @Test("are told apart by job, samples and instruction set")
    func differences() throws {
        let job = RankIdentity(Result { try TrainingJob(SmallJob.spec()) })
        let other = RankIdentity(Result { try TrainingJob(SmallJob.spec(steps: 61)) })
        #expect(
            RankIdentity.problem([job, other])?.description
                == "rank 1 has read another job than rank 0 has; give all hosts the same job file")
        var odd = job
        odd.dataFingerprint = "0"
        #expect(
            RankIdentity.problem([job, job, odd])?.description
                == "rank 2 has read other samples than rank 0 has; give all hosts the same files")
        odd.instructionSet = "avx2"
        #expect(RankIdentity.problem([job, odd])?.description.contains("rank 1 with avx2") == true)
    }
}

import CMPI
import CMPICH
import Ranks

/// A rank of a job under MPICH's `mpirun`.
@main
struct Program {
    static func main() async {
        guard let calls = unsafe nnd_mpich_calls() else { return }
        await RankProgram.main(unsafe MPICalls(calls))
    }
}

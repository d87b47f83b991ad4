import CMPI
import COpenMPI
import Ranks

/// A rank of a job under Open MPI's `mpirun`.
@main
struct Program {
    static func main() async {
        guard let calls = unsafe nnd_openmpi_calls() else { return }
        await RankProgram.main(unsafe MPICalls(calls))
    }
}

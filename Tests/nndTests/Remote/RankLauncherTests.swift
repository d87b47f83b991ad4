import Spec
import Testing
import TrainerWire
import nnd

@Suite("How the ranks of a job are started")
struct RankLauncherTests {
    private func launcher(
        _ files: Set<String>, _ variables: [String: String] = [:], cores: Int = 8, isRoot: Bool = false
    ) -> RankLauncher {
        RankLauncher(
            directory: "/opt/nnd",
            environment: ["PATH": "/usr/bin:relative", "HOME": "/root", "SECRET": "x"].merging(variables) {
                $1
            },
            cores: cores, isRoot: isRoot, isExecutable: { files.contains($0) })
    }

    private let whole: Set<String> = [
        "/opt/nnd/nnd-keeper", "/opt/nnd/nnd-rank-openmpi", "/usr/bin/mpirun.openmpi",
    ]

    @Test("by mpirun, with what the job says of machines")
    func commands() throws {
        let plain = try launcher(whole).command(for: ClusterSpec(ranks: 4))
        #expect(plain.keeper == "/opt/nnd/nnd-keeper" && plain.program == "/usr/bin/mpirun.openmpi")
        #expect(
            plain.arguments == [
                "-np", "4", "--bind-to", "none", "--oversubscribe", "-x", "NND_TRAINER_SOCKET", "-x",
                "NND_TRAINER_SECRET",
                "/opt/nnd/nnd-rank-openmpi", "serve",
            ])
        #expect(plain.environment == ["PATH": "/usr/bin:relative", "HOME": "/root"])
        let crowded = try launcher(whole, cores: 2, isRoot: true).command(for: ClusterSpec(ranks: 3))
            .arguments
        #expect(crowded.contains("mpi_yield_when_idle") && crowded.contains("--allow-run-as-root"))
        let hosts = [ClusterSpec.Host(name: "a", slots: 2), .init(name: "b")]
        let several = try launcher(whole, cores: 1).command(for: ClusterSpec(hosts: hosts, ranks: 3))
            .arguments
        #expect(several.contains(["--host", "a:2,b:1"]) && !several.contains("--oversubscribe"))
        let file = try launcher(whole).command(for: ClusterSpec(hostfile: "/hosts", ranks: 3)).arguments
        #expect(file.contains(["--hostfile", "/hosts"]))
    }

    @Test("by srun on the machines that Slurm has given the daemon")
    func slurm() throws {
        let cluster = ClusterSpec(launcher: .srun, ranks: 3)
        let files = whole.union(["/usr/bin/srun"])
        let command = try launcher(files, ["SLURM_JOB_ID": "7"]).command(for: cluster)
        #expect(command.program == "/usr/bin/srun" && command.arguments.contains("--ntasks=3"))
        #expect(command.arguments.contains("--mpi=pmix"))
        #expect(command.arguments.suffix(2) == ["/opt/nnd/nnd-rank-openmpi", "serve"])
        #expect(command.environment["SLURM_JOB_ID"] == "7" && command.environment["SECRET"] == nil)
        // mpirun takes them too, and is not to put all processes on this machine.
        let mpirun = try launcher(files, ["SLURM_JOB_ID": "7"]).command(for: ClusterSpec(ranks: 20))
        #expect(!mpirun.arguments.contains("--oversubscribe"))
        for (files, variables, sentence) in [
            (files, [:], "this daemon runs in none"), (whole, ["SLURM_JOB_ID": "7"], "no `srun` in PATH"),
            (["/opt/nnd/nnd-keeper", "/usr/bin/srun"], ["SLURM_JOB_ID": "7"], "built without MPI"),
        ] as [(Set<String>, [String: String], String)] {
            let error = #expect(throws: LaunchError.self) {
                try launcher(files, variables).command(for: cluster)
            }
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        }
    }

    @Test("on as many cores of each machine as the one with the most ranks has for each")
    func cores() throws {
        func workers(_ cluster: ClusterSpec, _ variables: [String: String] = [:]) -> Int {
            launcher(whole, variables).workers(of: cluster, cores: 8)
        }
        let hosts = [ClusterSpec.Host(name: "a", slots: 2), .init(name: "b", slots: 4)]
        #expect(workers(ClusterSpec(hosts: hosts, ranks: 6)) == 12)
        #expect(workers(ClusterSpec(hosts: hosts, ranks: 1)) == 8)
        #expect(workers(ClusterSpec(hosts: [hosts[0], .init(name: "c", slots: 2)], ranks: 4)) == 16)
        #expect(workers(ClusterSpec(ranks: 6)) == 6 && workers(ClusterSpec(hostfile: "/h", ranks: 4)) == 8)
        #expect(workers(ClusterSpec(ranks: 20)) == 20)
        let slurm = ClusterSpec(launcher: .srun, ranks: 10)
        #expect(workers(slurm, ["SLURM_TASKS_PER_NODE": "2(x4),1"]) == 40 && workers(slurm) == 10)
        let many = ClusterSpec(hosts: (0..<400).map { .init(name: "h\($0)") }, ranks: 400)
        #expect(workers(many) == 800)
    }

    @Test("or not, with what is missing")
    func missing() {
        for (file, sentence) in [
            ("/opt/nnd/nnd-keeper", "install nnd again"),
            ("/opt/nnd/nnd-rank-openmpi", "apt-get install libopenmpi-dev openmpi-bin"),
            ("/usr/bin/mpirun.openmpi", "apt-get install openmpi-bin"),
        ] {
            let error = #expect(throws: LaunchError.self) {
                try launcher(whole.subtracting([file])).command(for: ClusterSpec(ranks: 2))
            }
            #expect(error?.description.contains(sentence) == true)
        }
    }
}

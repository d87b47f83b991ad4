/// On how many processes, and on which machines, a job trains. Like the number of workers it changes the speed and nothing
/// else, but for `isPortable`.
public struct ClusterSpec: Sendable, Equatable {
    /// What starts the processes.
    public var launcher: Launcher
    /// The machines, the first of which is this one; none for this machine alone.
    public var hosts: [Host]
    /// The path of a file that lists the machines in the launcher's own form, in the place of `hosts`.
    public var hostfile: String?
    /// How many processes train the job together.
    public var ranks: Int
    /// What becomes of the job when one of them is lost.
    public var onFailure: FailurePolicy
    /// Whether all of them compute with AVX2, so that the machines need not have processors of one kind. Other bits than without.
    public var isPortable: Bool

    /// What starts the processes of a job.
    public enum Launcher: String, Sendable, CaseIterable {
        /// MPI's own.
        case mpirun
        /// Slurm's, within an allocation, whose machines it takes.
        case srun
    }

    /// What becomes of a job that has lost a process.
    public enum FailurePolicy: String, Sendable, CaseIterable {
        /// It goes on from its last checkpoint by itself.
        case restart
        /// It waits until somebody resumes it.
        case wait
    }

    /// On this machine, unless told otherwise.
    public init(
        launcher: Launcher = .mpirun, hosts: [Host] = [], hostfile: String? = nil, ranks: Int,
        onFailure: FailurePolicy = .restart, isPortable: Bool = false
    ) {
        self.launcher = launcher
        self.hosts = hosts
        self.hostfile = hostfile
        self.ranks = ranks
        self.onFailure = onFailure
        self.isPortable = isPortable
    }
}

extension ClusterSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(ranks: try node.required("ranks"))
        try node.read("launcher", into: &launcher)
        try node.read("hosts", into: &hosts)
        try node.read("hostfile", into: &hostfile)
        try node.read("on_failure", into: &onFailure)
        try node.read("portable", into: &isPortable)
    }

    var document: DocumentNode {
        DocumentNode([
            "launcher": launcher.document, "hosts": hosts.isEmpty ? nil : hosts.document,
            "hostfile": hostfile?.document, "ranks": ranks.document, "on_failure": onFailure.document,
            "portable": isPortable ? isPortable.document : nil,
        ])
    }
}

extension ClusterSpec.Launcher: DocumentValue {}
extension ClusterSpec.FailurePolicy: DocumentValue {}

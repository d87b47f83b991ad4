package import Spec
import TrainerWire

/// Finds out on which machines of a job processes can be started.
package struct HostProbe: Sendable {
    let launcher: any TrainerLauncher
    /// How long a machine may take for one.
    let patience: Duration

    package init(launcher: any TrainerLauncher, patience: Duration) {
        (self.launcher, self.patience) = (launcher, patience)
    }

    /// The cluster without the machines that cannot be reached, and with no more ranks than the others take. The first machine is
    /// this one, which can; machines that are not named one by one are left to the launcher.
    package func reachable(_ cluster: ClusterSpec) async -> ClusterSpec {
        guard let first = cluster.hosts.first, cluster.launcher == .mpirun else { return cluster }
        let reached = await withTaskGroup { group in
            for host in cluster.hosts.dropFirst() {
                group.addTask { await starts(on: host) ? host.name : nil }
            }
            return await group.reduce(into: Set([first.name])) { names, name in
                if let name { names.insert(name) }
            }
        }
        var rest = cluster
        rest.hosts = cluster.hosts.filter { reached.contains($0.name) }
        rest.ranks = min(cluster.ranks, rest.hosts.reduce(0) { $0 + $1.slots })
        return rest
    }

    private func starts(on host: ClusterSpec.Host) async -> Bool {
        guard let command = try? launcher.probe(host), let helper = try? HelperProcess(command) else {
            return false
        }
        let limit = Task {
            try await Task.sleep(for: patience)
            helper.end()
        }
        defer { limit.cancel() }
        return await helper.ended == .code(0)
    }
}

import Spec
import Testing
import nnd

@Suite("The machines of a job that has lost one", .timeLimit(.minutes(5)))
struct HostProbeTests {
    private func reachable(_ hosts: [ClusterSpec.Host], ranks: Int) async -> ClusterSpec {
        await HostProbe(launcher: TestLauncher(arguments: []), patience: .milliseconds(500))
            .reachable(ClusterSpec(hosts: hosts, ranks: ranks))
    }

    @Test("are those on which processes start in time, and this one; the ranks are no more than they take")
    func some() async {
        let hosts: [ClusterSpec.Host] = [
            .init(name: "gone-but-this", slots: 2), .init(name: "gone"), .init(name: "there", slots: 3),
            .init(name: "slow", slots: 2),
        ]
        let rest = await reachable(hosts, ranks: 8)
        #expect(rest.hosts == [hosts[0], hosts[2]] && rest.ranks == 5)
        #expect(await reachable(hosts, ranks: 4).ranks == 4)
    }

    @Test("are left to the launcher where none are named")
    func none() async {
        let plain = ClusterSpec(ranks: 3)
        #expect(
            await HostProbe(launcher: TestLauncher(arguments: []), patience: .seconds(1)).reachable(plain)
                == plain)
    }
}

import Spec
import Testing

@Suite("Machines in job files")
struct ClusterTests {
    private func spec(_ text: String) throws -> ClusterSpec? { try JobSpec(yaml: Text().text + text).cluster }

    @Test("are none unless a job names ranks, and are written back")
    func reading() throws {
        #expect(try spec("") == nil)
        #expect(try spec("\ncluster: {ranks: 4}") == ClusterSpec(ranks: 4))
        let hosts = "\ncluster: {launcher: mpirun, hosts: [a:2, 10.0.0.1], ranks: 3, on_failure: wait}"
        let cluster = ClusterSpec(
            hosts: [.init(name: "a", slots: 2), .init(name: "10.0.0.1")], ranks: 3, onFailure: .wait)
        #expect(try spec(hosts) == cluster)
        let job = try JobSpec(yaml: Text().text + hosts)
        #expect(try JobSpec(yaml: job.canonicalJSON) == job)
        #expect(job.withoutCluster == (try JobSpec(yaml: Text().text)))
        let file = try JobSpec(yaml: Text().text + "\ncluster: {hostfile: hosts, ranks: 3}")
        #expect(file.resolvingPaths(relativeTo: "/jobs").cluster?.hostfile == "/jobs/hosts")
        #expect(try JobSpec(yaml: Text().text, overrides: ["cluster.ranks=4"]).cluster?.ranks == 4)
        #expect(try spec("\ncluster: {launcher: srun, ranks: 3}")?.launcher == .srun)
        let portable = try JobSpec(yaml: Text().text + "\ncluster: {ranks: 3, portable: true}")
        #expect(portable.cluster == ClusterSpec(ranks: 3, isPortable: true))
        #expect(try JobSpec(yaml: portable.canonicalJSON) == portable)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("{}", "cluster.ranks: the key is missing"), ("{ranks: 0}", "cluster.ranks"),
            ("{ranks: 2, host: [a]}", "unknown key `host`, did you mean `hosts`?"),
            ("{ranks: 2, launcher: slurm}", "unknown launcher `slurm`"),
            ("{ranks: 2, launcher: srun, hosts: [a:2]}", "Slurm chooses the machines"),
            ("{ranks: 2, hosts: []}", "cluster.hosts"), ("{ranks: 2, hosts: [\"a:0\"]}", "such as node1:2"),
            ("{ranks: 2, hosts: [\"-x\"]}", "such as node1:2"),
            ("{ranks: 2, hosts: [\"a b\"]}", "such as node1:2"),
            (
                "{ranks: 4, hosts: [\"a:2\", b]}",
                "expected at most as many ranks as the hosts take, 3, found 4"
            ),
            (
                "{ranks: 1, hosts: [a], hostfile: h}",
                "expected at most one of `hosts` and `hostfile`, found both"
            ),
            ("{ranks: 1, on_failure: retry}", "unknown policy `retry`"),
            ("{ranks: 1, portable: avx2}", "cluster.portable: expected true or false"),
        ])
    func mistakes(text: String, sentence: String) {
        let found = problem(Text().text + "\ncluster: " + text)
        #expect(found?.contains(sentence) == true, "\(found ?? "nothing")")
    }
}

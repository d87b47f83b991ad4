import Spec
import Testing

@Suite("The daemon's file")
struct DaemonConfigurationTests {
    private func problem(_ text: String) throws -> String {
        let error = #expect(throws: SpecError.self) { try DaemonConfiguration(yaml: text, file: "nnd.yaml") }
        return try #require(error).description
    }

    @Test("every key is read, and a file of comments says nothing")
    func keys() throws {
        let said = try DaemonConfiguration(
            yaml: """
                # comment
                state_dir: /srv/nnd
                socket: /run/nnd/nnd.sock
                group: 61000
                max_running: 2
                workers: 8
                max_connections: 100
                log_level: warning
                log_format: json
                """, file: "nnd.yaml")
        #expect(said.stateDir == "/srv/nnd" && said.socket == "/run/nnd/nnd.sock")
        #expect(said.group == "61000")
        #expect(said.maxRunning == 2 && said.workers == .count(8) && said.maxConnections == 100)
        #expect(said.logLevel == .warning && said.logFormat == .json)
        #expect(try DaemonConfiguration(yaml: "workers: auto", file: "f").workers == .auto)
        for text in ["", "# nothing\n", "{}"] {
            #expect(try DaemonConfiguration(yaml: text, file: "f") == DaemonConfiguration())
        }
    }

    @Test(
        "what is wrong is told with file, line and key",
        arguments: [
            (
                "workers: 2\nmax_runing: 3",
                "nnd.yaml:2: max_runing: unknown key `max_runing`, did you mean `max_running`?"
            ),
            ("max_running: 0", "nnd.yaml:1: max_running: expected an integer from 1 to 100000, found 0"),
            (
                "max_running: many",
                "nnd.yaml:1: max_running: expected an integer from 1 to 100000, found \"many\""
            ),
            (
                "\nworkers: 2000",
                "nnd.yaml:2: workers: expected an integer from 1 to 1024 or `auto`, found 2000"
            ),
            (
                "max_connections: 60001",
                "nnd.yaml:1: max_connections: expected an integer from 1 to 60000, found 60001"
            ),
            ("group: -g", "nnd.yaml:1: group: expected the name of a group or its number"),
            ("log_level: warn", "nnd.yaml:1: log_level: unknown level `warn`"),
            ("log_format: xml", "nnd.yaml:1: log_format: unknown format `xml`"),
            (
                "socket: nnd.sock",
                "nnd.yaml:1: socket: expected a path of at most 4096 bytes that begins with `/`"
            ),
            ("workers: 1\nworkers: 2", "the key `workers` is given more than once"),
            ("- workers", "expected a mapping with the keys state_dir, socket,"),
            ("workers: [", "nnd.yaml:1: not valid YAML"),
        ])
    func problems(text: String, sentence: String) throws {
        let said = try problem(text)
        #expect(said.contains(sentence) && !said.contains("\n"), "\(said)")
    }

    @Test("what the command line says wins over the file, and the rest stays the file's")
    func precedence() throws {
        var options = DaemonConfiguration()
        options.maxRunning = 5
        let file = try DaemonConfiguration(yaml: "max_running: 2\nworkers: 3", file: "f")
        let both = options.filled(from: file)
        #expect(both.maxRunning == 5 && both.workers == .count(3))
        #expect(both.settings.map { "\($0.key): \($0.value)" } == ["max_running: 5", "workers: 3"])
    }

    @Test("settings read back as they were, whatever a path holds")
    func settings() throws {
        for path in ["/var/lib/nnd", "/a b/c: #d", "/\"q\"\\", "/ü\n/x", "/true"] {
            var said = DaemonConfiguration()
            said.stateDir = path
            said.logLevel = .debug
            let text = said.settings.map { "\($0.key): \($0.value)  # where from\n" }.joined()
            #expect(try DaemonConfiguration(yaml: text, file: "f") == said, "\(text)")
        }
    }
}

import Testing
import nnctl

@Suite("Units of systemd's")
struct ServiceUnitTests {
    @Test(
        "a program's path is written as systemd reads it, systemd.service(5)",
        arguments: [
            ("/usr/bin/nnd", "/usr/bin/nnd"), ("/opt/a b/nnd", "\"/opt/a b/nnd\""),
            ("/opt/100%/nnd", "\"/opt/100%%/nnd\""), ("/opt/a$b/nnd", "\"/opt/a$b/nnd\""),
        ])
    func program(path: String, word: String) {
        #expect(ServiceUnit.canRun(path))
        #expect(ServiceUnit.user(program: path)[0].text.contains("\nExecStart=\(word) serve\n"))
    }

    @Test(
        "a path that systemd runs no program of is known",
        arguments: ["/a\"b/nnd", "/a\\b", "/a\nb", "/it's"])
    func unusable(path: String) {
        #expect(!ServiceUnit.canRun(path))
    }
}

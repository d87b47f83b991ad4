import Control
import Foundation
import Spec
import TestSupport
import Testing
import nnd

@Suite("Where the daemon's file is, and what is wrong with it")
struct ConfigurationFileTests {
    @Test("the option, systemd's directory, root's, the user's")
    func places() {
        let all = ["CONFIGURATION_DIRECTORY": "/c:/d", "XDG_CONFIG_HOME": "/x", "HOME": "/h"]
        func find(_ option: String?, _ environment: [String: String], _ user: UInt32) -> String? {
            ConfigurationFile.find(option: option, environment: environment, userID: user)?.path
        }
        #expect(find("my.yaml", all, 1000) == "my.yaml")
        #expect(find(nil, all, 0) == "/c/nnd.yaml")
        #expect(find(nil, ["HOME": "/root"], 0) == "/etc/nnd/nnd.yaml")
        #expect(find(nil, ["XDG_CONFIG_HOME": "/x", "HOME": "/h"], 1000) == "/x/nnd/nnd.yaml")
        #expect(find(nil, ["XDG_CONFIG_HOME": "x", "HOME": "/h"], 1000) == "/h/.config/nnd/nnd.yaml")
        #expect(find(nil, [:], 1000) == nil)
    }

    @Test(
        "a default that is not there is fine; a named one, a pipe, a directory and bytes that are no text are not"
    )
    func unusable() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let missing = directory.file("missing.yaml")
        #expect(try ConfigurationFile(path: missing, isNamed: false).read() == nil)
        func problem(_ path: String) throws -> StartupError {
            try #require(
                #expect(throws: StartupError.self) {
                    _ = try ConfigurationFile(path: path, isNamed: false || path == missing).read()
                })
        }
        #expect(try problem(missing).status == .badInput)
        #expect(try problem(missing).description.contains("cannot be read (No such file or directory)"))
        #expect(try problem(directory.path).description.contains("is not a file"))
        let pipe = directory.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try problem(pipe).description.contains("is not a file"))
        let bytes = directory.file("bytes")
        try Data([0x77, 0xff, 0xfe]).write(to: URL(filePath: bytes))
        #expect(try problem(bytes).description.contains("not UTF-8 text"))
        let wrong = directory.file("wrong.yaml")
        try Data("\nworker: 2\n".utf8).write(to: URL(filePath: wrong))
        #expect(try problem(wrong).status == .badInput)
        #expect(
            try problem(wrong).description.hasPrefix("\(wrong):2: worker: unknown key `worker`, did you mean")
        )
    }

    @Test(
        "what the file says and cannot be meant is told with the file and the key",
        arguments: [
            ("listen: 0.0.0.0:80", " listen 0.0.0.0:80: other machines may reach this address"),
            ("listen: here", "1: listen: expected an address and a port"),
            ("group: no-such-group", " group: there is no group `no-such-group`"),
            ("token_file: /etc/token", " token_file: the token is for TCP"),
        ])
    func impossible(text: String, sentence: String) throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("nnd.yaml")
        try Data("\(text)\n".utf8).write(to: URL(filePath: path))
        let configuration = Configuration(
            options: DaemonConfiguration(), path: path, environment: ["HOME": directory.path], userID: 1000)
        let error = try #require(throws: StartupError.self) { try configuration.settings() }
        #expect(error.status == .badInput)
        #expect(error.description.hasPrefix("\(path):\(sentence)"))
    }
}

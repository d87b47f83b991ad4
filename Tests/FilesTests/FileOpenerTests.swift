import Dispatch
import Files
import Foundation
import Glibc
import Testing

@Suite("Opening the files of a job")
struct FileOpenerTests {
    /// A directory that everybody may enter, and that goes with the test.
    private static func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/nnd-files-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private static func write(
        _ path: String, mode: Int = 0o600, of owner: Int = Int(geteuid()), group: Int = Int(getegid())
    ) {
        let isMade = FileManager.default.createFile(
            atPath: path, contents: Data("1,2\n".utf8),
            attributes: [.posixPermissions: mode, .ownerAccountID: owner, .groupOwnerAccountID: group])
        #expect(isMade)
    }

    private func error(_ opener: FileOpener, _ path: String) -> FileOpeningError? {
        #expect(throws: FileOpeningError.self) { () throws(FileOpeningError) in
            close(try opener.open(path).descriptor)
        }
    }

    @Test("a regular file opens with its size; what is none is refused at once", .timeLimit(.minutes(15)))
    func kinds() throws {
        try Self.withDirectory { directory in
            Self.write(directory + "/a.csv")
            let file = try FileOpener.own.open(directory + "/a.csv")
            #expect(file.size == 4)
            close(file.descriptor)
            // Nobody writes to it: an open that waited would never return.
            #expect(mkfifo(directory + "/pipe", 0o600) == 0)
            #expect(error(.own, directory + "/pipe")?.kind == .notAFile)
            #expect(error(.own, directory)?.kind == .notAFile)
            #expect(error(.own, "/dev/zero")?.kind == .notAFile)
            #expect(error(.own, directory + "/b.csv")?.kind == .missing)
        }
    }

    private static let mayBecomeOthers = geteuid() == 0 && FileOpener.canOpenAsOthers

    @Test(
        "as another user only what that user may read, by owner, group and supplementary group",
        .enabled(if: mayBecomeOthers, "needs root"))
    func rights() throws {
        try Self.withDirectory { directory in
            let alice = FileOpener(as: FileUser(uid: 61001, gid: 61001, groups: [61050]))
            Self.write(directory + "/own", of: 61001, group: 61001)
            Self.write(directory + "/group", mode: 0o640, of: 61002, group: 61001)
            Self.write(directory + "/supplementary", mode: 0o640, of: 61002, group: 61050)
            Self.write(directory + "/everybody", mode: 0o604, of: 61002)
            for name in ["own", "group", "supplementary", "everybody"] {
                let file = try alice.open("\(directory)/\(name)")
                #expect(file.size == 4, "\(name)")
                close(file.descriptor)
            }
            Self.write(directory + "/root")
            Self.write(directory + "/bob", of: 61002, group: 61002)
            Self.write(directory + "/roots-group", mode: 0o040, of: 61002, group: 0)
            for name in ["root", "bob", "roots-group", "missing"] {
                let refusal = try #require(error(alice, "\(directory)/\(name)"), "\(name)")
                #expect(
                    refusal.problem
                        == "there is no such file, or user 61001, with whose rights it is opened, may not read it"
                )
                #expect(refusal.kind == .unreadable)
            }
            // What is open here lies where that user may look, and yet is not hers.
            let secret = directory + "/closed"
            try FileManager.default.createDirectory(
                atPath: secret, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            Self.write(secret + "/open", mode: 0o644)
            let held = try FileOpener.own.open(secret + "/open")
            defer { close(held.descriptor) }
            #expect(error(alice, secret + "/open") != nil)
            #expect(error(alice, "/proc/self/fd/\(held.descriptor)") != nil)
            #expect(error(alice, "/proc/self/environ") != nil)
            #expect(mkfifo(directory + "/pipe", 0o666) == 0 && chmod(directory + "/pipe", 0o666) == 0)
            #expect(error(alice, directory + "/pipe")?.kind == .notAFile)
        }
    }

    @Test(
        "no other thread ever has the other user's rights, and this one has its own again",
        .enabled(if: mayBecomeOthers, "needs root"), .timeLimit(.minutes(15)))
    func threads() throws {
        try Self.withDirectory { directory in
            Self.write(directory + "/root")
            Self.write(directory + "/own", of: 61001)
            let alice = FileOpener(as: FileUser(uid: 61001, gid: 61001, groups: [61050]))
            let failures = DispatchQueue(label: "failures")
            nonisolated(unsafe) var wrong = 0
            DispatchQueue.concurrentPerform(iterations: 4000) { index in
                // Each thread is now the one, now the other.
                let path = directory + (index % 2 == 0 ? "/own" : "/root")
                let file = try? (index % 2 == 0 ? alice : .own).open(path)
                let isOther = index % 2 == 1 && (try? alice.open(path)) != nil
                if let file { close(file.descriptor) }
                if file == nil || isOther { failures.sync { wrong += 1 } }
            }
            #expect(wrong == 0)
            var groups = [gid_t](repeating: 0, count: 1 << 10)
            let count = getgroups(1 << 10, &groups)
            #expect(!groups.prefix(Int(count)).contains(61050))
        }
    }
}

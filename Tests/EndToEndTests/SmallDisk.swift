import Foundation
import Glibc

/// A file system of its own in memory, of a fixed size; mounting takes a right that not every test run has.
struct SmallDisk {
    let path: String

    /// Whether a file system can be mounted here.
    static let isPossible: Bool = {
        guard let disk = try? SmallDisk(bytes: 1 << 20) else { return false }
        disk.unmount()
        return true
    }()

    struct MountError: Error {
        let number: Int32
    }

    init(bytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "nnd-disk-\(UUID())").path(
            percentEncoded: false)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            let number = errno
            rmdir(path)
            throw MountError(number: number)
        }
    }

    /// Takes up what space is left.
    func fill() {
        // `e`: a program that another test starts just now would keep the space when the file is gone.
        guard let file = fopen(path + "/filler", "we") else { return }
        setvbuf(file, nil, _IONBF, 0)
        let block = [UInt8](repeating: 1, count: 4096)
        while fwrite(block, 1, block.count, file) == block.count {}
        fclose(file)
    }

    func makeRoom() { unlink(path + "/filler") }

    /// Even while a process has files in it open.
    func unmount() {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }
}

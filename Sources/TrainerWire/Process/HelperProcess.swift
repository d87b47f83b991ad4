import Glibc
import Synchronization

/// A program that the daemon has started, with all that it starts itself. None of it outlives this value, or the daemon.
package final class HelperProcess: Sendable {
    package enum Exit: Sendable, Equatable, CustomStringConvertible {
        case code(Int32)
        case signal(Int32)

        package var description: String {
            switch self {
            case .code(let code):
                (129...192).contains(code) ? "by signal \(code - 128)" : "with exit code \(code)"
            case .signal(let signal): "by signal \(signal)"
            }
        }
    }

    /// The keeper's, which is that of the process group too.
    package let id: Int32
    private let keeper: HelperEnd
    private let words = Words()
    private let exit: Task<Exit, Never>

    /// The beginning of what it has written, and the end.
    private final class Words: Sendable {
        private static let most = 4096
        private let kept = Mutex<(first: [UInt8], last: [UInt8])>(([], []))

        var bytes: [UInt8] { kept.withLock { $0.first + $0.last } }

        func add(_ more: ArraySlice<UInt8>) {
            kept.withLock { words in
                let first = more.prefix(Self.most - words.first.count)
                words.first += first
                words.last += more.dropFirst(first.count)
                if words.last.count > Self.most { words.last.removeFirst(words.last.count - Self.most) }
            }
        }
    }

    /// Starts the program.
    ///
    /// - Throws: `WireError` when it cannot be started. A program that is not there ends with 127 instead.
    package init(_ command: HelperCommand) throws(WireError) {
        let input = try WirePipe()
        let output: WirePipe
        do throws(WireError) { output = try WirePipe() } catch {
            input.close()
            throw error
        }
        defer { for end in [input.reader, output.writer] { close(end) } }
        let id: pid_t
        do throws(WireError) {
            id = try HelperSpawn.spawn(command, input: input.reader, output: output.writer)
        } catch {
            for end in [input.writer, output.reader] { close(end) }
            throw error
        }
        self.id = id
        let (keeper, words, heard) = (HelperEnd(id, pipe: input.writer), words, output.reader)
        self.keeper = keeper
        exit = Task {
            await withCheckedContinuation { continuation in
                WireThread.start("nnd helper") {
                    continuation.resume(returning: keeper.wait(heard) { words.add($0) })
                }
            }
        }
    }

    deinit { end() }

    /// How it ended, when all of it has.
    package var ended: Exit { get async { await exit.value } }

    /// Ends all of it soon, by force if need be.
    package func end() { keeper.ask() }

    /// The first lines that it wrote, which mostly say what went wrong, and the last ones, as one line.
    package var lastWords: String {
        let lines = String(decoding: words.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingPrefix { $0 == " " || $0 == "-" || $0 == "=" } }.filter { !$0.isEmpty }
            .map { line in
                String(line.unicodeScalars.map { $0.value < 32 ? " " : Character($0) }.prefix(150))
            }
        let shown = lines.count <= 6 ? lines : Array(lines.prefix(3)) + ["…"] + lines.suffix(2)
        return shown.joined(separator: " / ")
    }
}

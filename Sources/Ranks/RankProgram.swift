import ArgumentParser
import Foundation
import Parallel

/// What the programs `nnd-rank-…` do, each with an implementation of MPI of its own.
package enum RankProgram {
    /// Reads the command line, runs what it says together with the other ranks, and ends the process.
    ///
    /// - Parameter calls: Of the implementation.
    package static func main(_ calls: MPICalls) async -> Never {
        let options = Result { try RankCommandLine.ofThisProcess() }
        let longest = (try? options.get())?.longestMessage ?? TrainOptions.longestMessage
        let thread = RankThread()
        // Of a daemon's job nothing is left behind; whoever trains without one may leave it to itself.
        if case .success(.none) = options, await !thread.run({ calls.endWithParent() }) {
            exit(RankStatus.internalError.rawValue)
        }
        let group: MPIGroup
        do {
            group = try await thread.run {
                Result { () throws(MPIError) in try MPIGroup(calls, longestMessage: longest) }
            }.get()
        } catch {
            say("\(error)")
            exit(RankStatus.internalError.rawValue)
        }
        switch options {
        case .success(let options):
            let status = await run(options, group, on: thread)
            await thread.run { group.finish() }
            exit(status.rawValue)
        case .failure(let error):
            // All have the same command line, and one says what is wrong with it; before any ends, for then the launcher
            // ends the others.
            let status = RankCommandLine.exitCode(for: error)
            if group.rank == 0 {
                let stream: FileHandle = status.isSuccess ? .standardOutput : .standardError
                try? stream.write(contentsOf: Data((RankCommandLine.fullMessage(for: error) + "\n").utf8))
            }
            await thread.run { group.finish() }
            exit(status.rawValue)
        }
    }

    private static func run(
        _ options: TrainOptions?, _ group: MPIGroup, on thread: RankThread
    ) async -> RankStatus {
        do {
            guard let options else {
                try await ServeRun(link: RankLink(group, on: thread), thread: thread).run()
                return .success
            }
            if let line = try await TrainRun(options: options, link: RankLink(group, on: thread)).run() {
                FileHandle.standardOutput.write(Data((line + "\n").utf8))
            }
            return .success
        } catch let failure as TrainingFailure {
            // All ranks know, and one says so.
            if group.rank == 0 { say("\(failure)") }
            return .badInput
        } catch let failure as JobFailure {
            say("\(failure)")
            return .jobFailed
        } catch let stranded as Stranded {
            say("rank \(group.rank): \(stranded.reason)")
            await thread.run { group.abort(RankStatus.internalError.rawValue) }
            return .internalError
        } catch {
            // Of rank 0, which has told the others that the run is over.
            say("\(error)")
            return .badInput
        }
    }

    private static func say(_ sentence: String) {
        try? FileHandle.standardError.write(contentsOf: Data("nnd-rank: \(sentence)\n".utf8))
    }
}

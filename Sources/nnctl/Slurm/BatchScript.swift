/// The script of a batch job that trains one job under a daemon of its own, on the machines that Slurm gives it.
///
/// The daemon's state is in a directory that outlives the allocation: the batch job may be requeued at any time, and goes on
/// from the last checkpoint.
package struct BatchScript {
    /// How long before the end of its time Slurm tells the script, in seconds; a checkpoint is far quicker.
    private static let notice = 120
    /// How long a daemon must have worked before it is worth to requeue its job, in seconds.
    private static let leastTime = 10

    /// The job's.
    package var name: String
    package var ranks: Int
    /// An absolute path, as all of these are.
    package var directory: String
    package var nnd: String
    package var nnctl: String
    /// What `nnctl start` gets: the job file and what else the user gave.
    package var arguments: [String]
    /// For `sbatch`, without the hyphens: `time=1:00:00`.
    package var options: [String]

    package init(
        name: String, ranks: Int, directory: String, nnd: String, nnctl: String, arguments: [String],
        options: [String]
    ) {
        (self.name, self.ranks, self.directory) = (name, ranks, directory)
        (self.nnd, self.nnctl, self.arguments, self.options) = (nnd, nnctl, arguments, options)
    }

    package var text: String {
        let options =
            [
                "job-name=\(Self.value(name))", "ntasks=\(ranks)", "requeue", "open-mode=append",
                // Slurm has a meaning for %j and the like.
                "output=\(Self.value(directory.replacing("%", with: "%%") + "/slurm.log"))",
                "signal=B:USR1@\(Self.notice)",
            ] + options.map(Self.option)
        let start = [name, "--launcher", "srun", "--ranks", "\(ranks)"] + arguments
        return """
            #!/bin/bash
            \(options.map { "#SBATCH --\($0)" }.joined(separator: "\n"))
            # Written by `nnctl start --launcher slurm`.
            state=\(Self.quoted(directory)) nnd=\(Self.quoted(nnd)) nnctl=\(Self.quoted(nnctl)) name=\(Self.quoted(name))

            runtime=$(mktemp -d) || exit 73
            export NND_SOCKET=$runtime/nnd.sock
            daemon= serves=

            # The daemon commits all that it trains before it ends.
            leave() {
                kill -TERM $daemon 2>/dev/null
                wait $daemon
                rm -rf "$runtime"
            }

            # Slurm's word that the time is nearly over, or somebody's that he wants a checkpoint (scancel --signal=USR1 --batch).
            # A job whose whole time is shorter than that goes on to its end.
            commit() {
                [ "$serves" ] || return
                kill -USR1 $daemon
                end=$(scontrol show job --oneliner "$SLURM_JOB_ID" | grep -o ' EndTime=[^ ]*' | cut -d= -f2)
                if [ "$end" ] && seconds=$(date -d "$end" +%s 2>/dev/null) \\
                    && ((seconds - $(date +%s) <= \(Self.notice + 60) && SECONDS > \(Self.leastTime))); then
                    leave
                    scontrol requeue "$SLURM_JOB_ID" && exit 0
                    echo "the job could not be requeued; sbatch $state/job.sh goes on with it" >&2
                    exit 75
                fi
            }
            trap commit USR1
            trap 'leave; exit 143' TERM

            "$nnd" serve --state-dir "$state" --socket "$NND_SOCKET" &
            daemon=$!
            until "$nnctl" daemon status >"$runtime/said" 2>&1; do
                kill -0 $daemon 2>/dev/null || { wait $daemon; status=$?; rm -rf "$runtime"; exit $status; }
                sleep 0.1
            done
            serves=1
            echo "on $(hostname): nnctl --socket $NND_SOCKET"
            if "$nnctl" status "$name" >"$runtime/said" 2>&1; then
                # The daemon goes on by itself with what was interrupted, and not with what was paused.
                "$nnctl" resume "$name" >"$runtime/said" 2>&1
            else
                "$nnctl" start --no-spawn --name \(start.map(Self.quoted).joined(separator: " ")) || { status=$?; leave; exit $status; }
            fi
            "$nnctl" follow "$name" &
            watcher=$!
            # A signal ends `wait`, and not what it waits for.
            wait $watcher
            status=$?
            while ((status > 128)) && kill -0 $watcher 2>/dev/null; do
                wait $watcher
                status=$?
            done
            # Where both came at once, how it ended is still to be had.
            if ((status > 128)); then
                wait $watcher
                status=$?
            fi
            leave
            exit $status

            """
    }

    /// `KEY=VALUE`, the value in quotes.
    private static func option(_ text: String) -> String {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count < 2 ? text : "\(parts[0])=\(value(String(parts[1])))"
    }

    /// As `sbatch` reads it behind `#SBATCH`.
    private static func value(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// As one word of the shell.
    private static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}

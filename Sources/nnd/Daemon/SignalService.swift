import Logging
import ServiceLifecycle
import UnixSignals

/// What the signals do that do not end the daemon: SIGUSR1 takes checkpoints, SIGHUP reads the configuration again.
struct SignalService: Service {
    let signals: UnixSignalsSequence
    let supervisor: JobSupervisor
    let reload: Reload
    let logger: Logger

    func run() async throws {
        for await signal in signals.cancelOnGracefulShutdown() {
            if signal == .sigusr1 {
                logger.notice("SIGUSR1: taking a checkpoint of every running job")
                // A daemon that is to end, or to read its configuration, does not wait until they are there.
                Task { [supervisor] in await supervisor.checkpointAll() }
            } else {
                await reload.run()
            }
        }
    }
}

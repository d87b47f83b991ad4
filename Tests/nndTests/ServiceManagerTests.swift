import Testing
import nnd

@Suite("What a service manager asks for")
struct ServiceManagerEnvironmentTests {
    @Test(
        "a watchdog's interval is what the manager says, however long",
        arguments: [
            ("20000000", 20), ("7200000000", 7200), ("4294967296", 4294), ("0", nil), ("-1", nil), ("x", nil),
        ])
    func watchdog(text: String, seconds: Int64?) {
        let manager = ServiceManager(
            environment: ["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": text], processID: 7)
        #expect(manager?.watchdog?.components.seconds == seconds)
    }
}

/// The daemon as a service of systemd's, systemd.service(5).
struct ServiceUnit {
    /// The file that runs `program` for one user. What stops the daemon for good, as bad usage does, is not tried again.
    /// Memory that is written and then executed is not forbidden: oneDNN compiles its products.
    static func user(program: String) -> String {
        """
        [Unit]
        Description=nnd, the neural-network training daemon

        [Service]
        Type=notify
        ExecStart=\(quoted(program)) serve
        Restart=on-failure
        RestartSec=5
        RestartPreventExitStatus=64 65 73 75 77
        WatchdogSec=60
        TimeoutStopSec=90
        UMask=0077
        NoNewPrivileges=yes
        RestrictAddressFamilies=AF_UNIX
        RestrictRealtime=yes
        LockPersonality=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service

        [Install]
        WantedBy=default.target

        """
    }

    /// As systemd reads a word of a command line: `%` and `$` have a meaning there.
    private static func quoted(_ path: String) -> String {
        let text = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("%", with: "%%").replacing("$", with: "$$")
        return "\"\(text)\""
    }
}

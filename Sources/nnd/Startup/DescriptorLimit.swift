import Glibc

/// How many files and connections the process may have open.
enum DescriptorLimit {
    /// As many as may be without asking anybody: the 1,024 that a process usually begins with are for programs that use
    /// `select`, and fewer than the connections that are served.
    static func raise() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        unsafe setrlimit(resource, &limit)
    }
}

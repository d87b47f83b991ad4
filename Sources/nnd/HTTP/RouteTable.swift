import Hummingbird

/// Which methods each path of the API takes.
struct RouteTable: Sendable {
    private struct Row {
        let components: [String]
        var methods: [HTTPRequest.Method]
    }

    private var rows: [Row] = []

    init(_ router: Router<APIContext>) {
        for route in router.routes {
            let components = Self.components(route.path.description)
            if let index = rows.firstIndex(where: { $0.components == components }) {
                rows[index].methods.append(route.method)
            } else {
                rows.append(Row(components: components, methods: [route.method]))
            }
        }
    }

    /// In the order in which a header field `Allow` has them; nil for a path that there is not.
    func methods(of path: String) -> [String]? {
        let components = Self.components(path)
        guard let row = rows.first(where: { Self.matches(components, $0.components) }) else { return nil }
        var names = row.methods.map(\.rawValue)
        if names.contains("GET") { names.append("HEAD") }
        return (names + ["OPTIONS"]).sorted()
    }

    private static func components(_ path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    /// A component in braces stands for any.
    private static func matches(_ path: [String], _ route: [String]) -> Bool {
        path.count == route.count && zip(path, route).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}

package import Control
import Hummingbird

/// Which requests are answered over TCP, where the kernel does not tell who asks: those that know the token.
///
/// A browser is no client: its pages may come from anywhere, so that whatever says it is one, or calls the daemon by another name
/// than this machine's own (DNS rebinding), is refused before its token is looked at.
package struct TokenCheck: Sendable {
    private let token: AccessToken

    package init(_ token: AccessToken) {
        self.token = token
    }

    /// The answer in place of what was asked for; nil lets the request pass.
    func refusal(of request: Request) throws -> Response? {
        let problem = Self.problem(authority: request.head.authority, origin: request.headers[.origin])
        if let problem { return try Reply.problem(problem) }
        let given = request.headers[.authorization]
        if let given, let text = Self.bearer(given), token.matches(text) { return nil }
        return try Reply.problem(
            Problem(
                .unauthorized,
                given == nil
                    ? "Requests over TCP need the header field `Authorization: Bearer TOKEN`."
                    : "The token in the header field `Authorization` is not the daemon's (--token-file)."),
            headers: [
                .wwwAuthenticate: "Bearer realm=\"nnd\"" + (given == nil ? "" : ", error=\"invalid_token\"")
            ])
    }

    /// What is wrong with where the request thinks it goes, or where it comes from.
    ///
    /// - Parameters:
    ///   - authority: The header field `Host`.
    ///   - origin: The header field `Origin`, which browsers send for their pages.
    /// - Returns: nil if nothing is.
    package static func problem(authority: String?, origin: String?) -> Problem? {
        guard let authority, isLoopback(authority) else {
            let host = authority.map { "`\($0)`" } ?? "missing"
            return Problem(
                .misdirected,
                "The request's Host is \(host); over TCP it is localhost, 127.0.0.1 or [::1], and the port.")
        }
        guard origin == nil else {
            return Problem(
                .forbidden, "The request has an Origin; nnd does not answer the pages of a browser.")
        }
        return nil
    }

    private static func isLoopback(_ authority: String) -> Bool {
        var host = authority[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            guard UInt16(host[host.index(after: colon)...]) != nil else { return false }
            host = host[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return host.lowercased() == "localhost" || LoopbackAddress.isLoopback(String(host))
    }

    /// The token of RFC 6750, 2.1; nil for another scheme.
    private static func bearer(_ field: String) -> Substring? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].drop { $0 == " " }
    }
}

/// Where the daemon is about to serve.
struct Listeners: Sendable {
    let unix: ListeningSocket
    /// On loopback, with the token that requests there need.
    let tcp: (socket: ListeningSocket, token: TokenCheck)?
}

import Control
import Foundation
import Hummingbird
import NIOCore

/// What travels with a request through the routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks.
    let caller: Caller
    var maxUploadSize: Int { StartRequest.largestBody }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        caller = Caller.current ?? Self.caller(without: source.channel)
    }

    /// A Unix socket's connection without anybody known at its other end is trusted with nothing.
    private static func caller(without channel: any Channel) -> Caller {
        switch channel.localAddress {
        case .v4, .v6: .token
        case .unixDomainSocket, nil: .unknown
        }
    }

    /// The job that the path names: an id or a name. What is not percent-encoded as it should be is taken
    /// as it stands.
    var job: String {
        let component = parameters.get("job") ?? ""
        return component.removingPercentEncoding ?? component
    }
}

import Foundation
import Hummingbird

/// What travels with a request through the routes.
struct APIContext: RequestContext {
    /// Job files are small; whatever is larger than this is a mistake.
    static let largestBody = 1 << 20

    var coreContext: CoreRequestContextStorage
    var maxUploadSize: Int { Self.largestBody }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    /// The job that the path names: an id or a name. What is not percent-encoded as it should be is taken
    /// as it stands.
    var job: String {
        let component = parameters.get("job") ?? ""
        return component.removingPercentEncoding ?? component
    }
}

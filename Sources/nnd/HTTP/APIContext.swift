import Control
import Foundation
import Hummingbird

/// What travels with a request through the routes.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var maxUploadSize: Int { StartRequest.largestBody }

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

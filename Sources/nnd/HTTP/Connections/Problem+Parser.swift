import Control
import NIOHTTP1

extension Problem {
    /// What is wrong with bytes that are no HTTP request.
    init(_ error: HTTPParserError, _ limits: ConnectionLimits) {
        switch error {
        case .headerOverflow:
            self.init(
                .headersTooLarge,
                "The request's first line and each header field may have \(limits.fieldBytes) bytes, all of them "
                    + "\(limits.headBytes) bytes, and there may be \(limits.fields) of them.")
        case .invalidMethod: self.init(.badRequest, "The request's method is none of HTTP's.")
        case .invalidVersion: self.init(.badRequest, "The request is not of HTTP/1.1.")
        case .invalidContentLength, .unexpectedContentLength:
            self.init(.badRequest, "The request's Content-Length is not a number, or is given twice.")
        case .invalidChunkSize: self.init(.badRequest, "A chunk of the request's body has no valid length.")
        case .invalidHeaderToken: self.init(.badRequest, "A header field of the request is malformed.")
        default: self.init(.badRequest, "What came is not an HTTP/1.1 request.")
        }
    }
}

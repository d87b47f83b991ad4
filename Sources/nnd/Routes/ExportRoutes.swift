import Control
import Foundation
import Hummingbird
import NN
import Spec

/// `/v1/jobs/{job}/export`
struct ExportRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    /// In bytes, of what is handed to the connection at once.
    private static let part = 1 << 20

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/export") { request, context in
            let job = try await access.job(context, for: .use)
            let wanted = try Self.wanted(request)
            let place = try await gates.exports.enter()
            let (file, name) = try await supervisor.export(job, wanted)
            // Names of jobs need no escapes.
            let headers: HTTPFields = [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ]
            let body = ResponseBody(contentLength: file.byteCount) { writer in
                try await Self.write(file, to: &writer)
                try await writer.finish(nil)
                withExtendedLifetime(place) {}
            }
            return Response(status: .ok, headers: headers, body: body)
        }
    }

    /// The pieces are made on threads of their own, and as fast as the client takes them.
    @concurrent private static func write(
        _ file: any PiecewiseFile, to writer: inout any ResponseBodyWriter
    ) async throws {
        var file = file
        while true {
            let rest = file
            let (piece, after) = try await BlockingWork.run {
                var rest = rest
                let piece = rest.next()
                return (piece, rest)
            }
            guard let piece else { return }
            file = after
            var start = piece.startIndex
            while start < piece.endIndex {
                let end = min(start + part, piece.endIndex)
                try await writer.write(ByteBuffer(bytes: piece[start..<end]))
                start = end
            }
        }
    }

    private static func wanted(_ request: Request) throws(Problem) -> ExportRequest {
        let query = request.uri.queryParameters
        func word<Word: RawRepresentable<String> & CaseIterable>(
            _ key: Substring, _ type: Word.Type
        ) throws(Problem) -> Word? {
            guard let text = query[key] else { return nil }
            guard let word = Word(rawValue: String(text)) else {
                let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.badRequest, "\(key): expected one of \(words), found `\(text)`.")
            }
            return word
        }
        guard let format = try word("format", ExportRequest.Format.self) else {
            throw Problem(.badRequest, "format: the query must have one: safetensors, npz or onnx.")
        }
        var wanted = ExportRequest(format: format, weights: try word("weights", ExportRequest.Source.self))
        wanted.layout = try word("layout", WeightsLayout.self) ?? .native
        guard format != .onnx || wanted.layout == .native else {
            throw Problem(.badRequest, "layout: an onnx file has no layout to choose; leave it out.")
        }
        if let text = query["checkpoint"] {
            wanted.checkpoint = try checkpointID(text, named: "checkpoint")
        }
        return wanted
    }
}

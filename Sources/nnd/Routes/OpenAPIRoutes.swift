import Hummingbird

/// `/openapi.json`: all of this as a description for programs.
struct OpenAPIRoutes {
    func add(to router: Router<APIContext>) {
        router.get("/openapi.json") { _, _ in
            Reply.json(APIDescription.text, type: "application/json")
        }
    }
}

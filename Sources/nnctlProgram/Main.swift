import nnctl

/// The executable of `nnctl`: apart from the module, which tests link with the runtime's own libraries.
@main
enum Main {
    static func main() async {
        await Program.main()
    }
}

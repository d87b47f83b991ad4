import ArgumentParser
import Spec

/// What a command line that makes no sense is answered with: one sentence, and where to read on.
package enum UsageMistake {
    package static func sentence(for error: any Error, arguments: [String]) -> String {
        let (command, word) = position(in: arguments)
        if let word, let sentence = unknownVerb(word, of: command) { return sentence }
        var message = Nnctl.message(for: error)
        if let place = missing(message), let number = arguments.first(where: isNegative) {
            // The parser takes it for an option.
            message = "\(number) is no value for \(place); expected a number of at least 1"
        }
        // Values of other kinds than numbers say themselves what they may be.
        if message.contains("' is invalid for '"), message.hasSuffix("'") {
            message += isNumber(quoted(in: message)) ? "; the number is too large" : "; expected a number"
        }
        if let last = message.last, !".?!".contains(last) { message += "." }
        return "\(message) See `\(command.words) --help`."
    }

    /// What there is to say of a wish for help with a verb that there is not; nil where it can be granted.
    package static func sentence(forHelpWith arguments: [String]) -> String? {
        var words = arguments
        if let first = words.firstIndex(where: { !$0.hasPrefix("-") }), words[first] == "help" {
            words.remove(at: first)
        } else if words.allSatisfy({ !["-h", "--help", "-help"].contains($0) }) {
            return nil
        }
        let (command, word) = position(in: words)
        return word.flatMap { unknownVerb($0, of: command) }
    }

    /// What the parser says is not there; nil where it says something else.
    private static func missing(_ message: String) -> Substring? {
        if message == Scale.nothingAsked { return "'<workers>'" }
        let words = "Missing expected argument "
        return message.hasPrefix(words) ? message.dropFirst(words.count) : nil
    }

    private static func isNegative(_ word: String) -> Bool { word.hasPrefix("-") && Double(word) != nil }

    private static func isNumber(_ word: Substring) -> Bool {
        !word.isEmpty && word.drop { $0 == "-" }.allSatisfy { ("0"..."9").contains($0) }
    }

    /// What stands between the first two quotes.
    private static func quoted(in message: String) -> Substring {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count > 1 ? parts[1] : ""
    }

    /// A verb and the words that lead to it.
    private struct Command {
        var type: any ParsableCommand.Type
        var words: String
    }

    /// The verb that the words lead to, and the first word after it that is no option.
    private static func position(in arguments: [String]) -> (Command, String?) {
        var command = Command(type: Nnctl.self, words: "nnctl")
        var isValue = false
        for word in arguments {
            if isValue || word.hasPrefix("-") {
                isValue = !isValue && ["--socket", "--color"].contains(word)
                continue
            }
            guard let next = command.type.configuration.subcommands.first(where: { $0._commandName == word })
            else { return (command, word) }
            command = Command(type: next, words: "\(command.words) \(word)")
        }
        return (command, nil)
    }

    /// nil where the word may be something else than a verb.
    private static func unknownVerb(_ word: String, of command: Command) -> String? {
        let configuration = command.type.configuration
        guard !configuration.subcommands.isEmpty, word != "help" else { return nil }
        if command.type == Nnctl.self, word == "import" {
            return
                "unknown verb `import`; a job begins with the weights of a file that its job file names under `model` as `initial_weights`. See `nnctl start --help`."
        }
        let shown = configuration.subcommands.filter { $0.configuration.shouldDisplay }
        let verbs = shown.map { $0._commandName }.sorted()
        // Where there is a verb that need not be named, the word may be an argument of it.
        if configuration.defaultSubcommand != nil, nearestWord(to: word, among: verbs) == nil { return nil }
        let problem = unknownWord(word, "verb", plural: "verbs", allowed: verbs)
        return "\(problem)\(problem.last == "?" ? "" : ".") See `\(command.words) --help`."
    }
}

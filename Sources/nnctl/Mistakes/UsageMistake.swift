import ArgumentParser
import Spec

/// What a command line that makes no sense is answered with: one sentence, and where to read on.
package enum UsageMistake {
    package static func sentence(for error: any Error, arguments: [String]) -> String {
        let (command, word) = position(in: arguments)
        if let word, let sentence = unknownVerb(word, of: command) { return sentence }
        var message = Nnctl.message(for: error)
        // Values of other kinds than numbers say themselves what they may be.
        if message.contains("' is invalid for '"), message.hasSuffix("'") { message += "; expected a number" }
        if let last = message.last, !".?!".contains(last) { message += "." }
        return "\(message) See `\(command.words) --help`."
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
        let shown = configuration.subcommands.filter { $0.configuration.shouldDisplay }
        let verbs = shown.map { $0._commandName }.sorted()
        // Where there is a verb that need not be named, the word may be an argument of it.
        if configuration.defaultSubcommand != nil, nearestWord(to: word, among: verbs) == nil { return nil }
        let problem = unknownWord(word, "verb", plural: "verbs", allowed: verbs)
        return "\(problem)\(problem.last == "?" ? "" : ".") See `\(command.words) --help`."
    }
}

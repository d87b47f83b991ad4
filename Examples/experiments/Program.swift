import Charts
import ArgumentParser
import Foundation
import Parallel

/// `experiments`: trains small nets beside each other, prints what came of it and draws it.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments",
        abstract: "Compare nets that differ in one thing: a table, a sentence and a plot.",
        subcommands: [
            Command<InitializationExperiment>.self, Command<L2Experiment>.self,
            Command<OptimizerExperiment>.self, Command<DropoutExperiment>.self,
            Command<BatchNormExperiment>.self, All.self,
        ])
}

/// What every experiment may be told.
struct Options: ParsableArguments {
    @Flag(help: "Train on 6,000 images of Fashion-MNIST, which takes longer, and not on the digits.")
    var fashion = false

    @Option(help: "The project's folder of examples, which holds the digits.")
    var examples = "Examples"

    @Option(help: "Where the plots go.")
    var output = "experiments"

    @Option(help: "Worker actors; they change the time and no number.")
    var workers = automaticWorkerCount()

    func run(_ experiment: any Experiment.Type) async throws {
        let images: ImageSet = fashion ? .fashion() : .digits(in: examples)
        let report = try await experiment.report(on: images, workers: workers)
        let folder = URL(fileURLWithPath: output, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: experiment.name + (fashion ? "-fashion" : "") + ".svg")
        try Data(report.figure.svg.utf8).write(to: file)
        print(report.text + "\n\n\(file.relativePath)\n")
    }
}

/// One experiment as a command.
struct Command<Subject: Experiment>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: Subject.name, abstract: Subject.abstract)
    }

    @OptionGroup var options: Options

    func run() async throws { try await options.run(Subject.self) }
}

/// All experiments one after another.
struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All of them, one after another.")

    @OptionGroup var options: Options

    func run() async throws {
        let experiments: [any Experiment.Type] = [
            InitializationExperiment.self, L2Experiment.self, OptimizerExperiment.self,
            DropoutExperiment.self, BatchNormExperiment.self,
        ]
        for experiment in experiments { try await options.run(experiment) }
    }
}

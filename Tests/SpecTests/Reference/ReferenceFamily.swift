import Foundation
import TestSupport

/// The choices of a job file, each of which has a table in the reference.
enum ReferenceFamily: CaseIterable {
    case layers
    case activations
    case initializers
    case losses
    case metrics
    case optimizers
    case schedules

    /// The heading of its table.
    var heading: String {
        switch self {
        case .layers: "Layers"
        case .activations: "Activations"
        case .initializers: "Initializers"
        case .losses: "Losses"
        case .metrics: "Metrics"
        case .optimizers: "Optimizers"
        case .schedules: "Schedules"
        }
    }

    /// Jobs in which a line's YAML can stand, as functions of it.
    func jobs(_ line: ReferencePage.Line) -> [(String) -> String] {
        switch self {
        case .layers:
            let input = line.only("shapes").components(separatedBy: " → ")[0]
            return [{ job(layers: "\(Snippet($0).node), flatten, {dense: {units: 1}}", input: input) }]
        case .activations:
            return [
                { job(layers: "{dense: {units: 3}}, \(Snippet($0).node), {dense: {units: 1}}") },
                { job(layers: "{dense: {units: 3, activation: \(Snippet($0).node)}}, {dense: {units: 1}}") },
            ]
        case .initializers: return [{ job(layers: "{dense: {units: 1, init: \(Snippet($0).node)}}") }]
        case .losses:
            return [
                {
                    job(
                        layers: "{dense: {units: 3}}", label: $0.hasPrefix("neg") ? "y" : "[a, b, c]",
                        loss: Snippet($0).node)
                }
            ]
        case .metrics:
            let (loss, units) =
                switch line["targets"] {
                case "classes": ("softmax_cross_entropy", 7)
                case "two classes": ("binary_cross_entropy", 1)
                default: ("huber", 1)
                }
            return [
                {
                    job(
                        layers: "{dense: {units: \(units)}}", loss: loss,
                        others: "metrics: [\(Snippet($0).node)]")
                }
            ]
        case .optimizers: return [{ job(layers: "{dense: {units: 1}}", optimizer: Snippet($0).node) }]
        case .schedules:
            return [{ job(layers: "{dense: {units: 1}}", others: "schedule: \(Snippet($0).node)") }]
        }
    }
}

private func job(
    layers: String, input: String = "[4]", label: String = "y", loss: String = "mean_squared_error",
    optimizer: String = "sgd", others: String = ""
) -> String {
    """
    data: {train: {csv: {path: a.csv, label: \(label)}}, validation: {fraction: 0.1}}
    model: {input: \(input), layers: [\(layers)]}
    loss: \(loss)
    optimizer: \(optimizer)
    training: {steps: 5}
    \(others)
    """
}

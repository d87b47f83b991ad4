import Spec

/// A job around one part of a job file, for what a job file's words come to.
func job(optimizer: String = "sgd", schedule: String = "constant", training: String = "{steps: 5}") throws
    -> JobSpec
{
    let text = """
        data: {train: {csv: {path: a.csv, label: y}}, validation: {fraction: 0.5}}
        model: {input: [4], layers: [{dense: {units: 3}}]}
        loss: softmax_cross_entropy
        optimizer: \(optimizer)
        schedule: \(schedule)
        training: \(training)
        """
    return try JobSpec(yaml: text)
}

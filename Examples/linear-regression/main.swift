// Linear regression on `Tensor` alone: y = a w1 + b w2 + c, fitted to the points of points.csv by gradient descent.
import Foundation
import Tensor

let path = CommandLine.arguments.dropFirst().first ?? "Examples/linear-regression/points.csv"
let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
let points = lines.map { line in line.split(separator: ",").compactMap { Float($0) } }
guard !points.isEmpty, points.allSatisfy({ $0.count == 3 }) else {
    print("\(path): expected three numbers a line, after a line of titles")
    exit(65)
}

let x = Tensor(points.flatMap { [$0[0], $0[1]] }, shape: [points.count, 2])
let y = Tensor(points.map { $0[2] }, shape: [points.count, 1])
var weight = Tensor([0, 0], shape: [2, 1])
var bias = Tensor([0])

for step in 0...100 {
    (weight, bias) = (weight.tracked, bias.tracked)
    let error = x.matmul(weight) + bias - y
    let loss = (error * error).mean()
    if step.isMultiple(of: 20) { print("step \(step): loss \(loss.scalar)") }
    let gradient = try gradients(of: loss, withRespectTo: ["weight": weight, "bias": bias])
    guard let ofWeight = gradient["weight"], let ofBias = gradient["bias"] else { break }
    weight = (weight - 0.1 * ofWeight).detached
    bias = (bias - 0.1 * ofBias).detached
}
print("y = \(weight.values[0]) a + \(weight.values[1]) b + \(bias.scalar)")

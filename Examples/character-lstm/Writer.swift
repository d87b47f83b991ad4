import Foundation
import NN
import Tensor

/// Writes text character by character, each drawn from what the net says of the next one.
struct Writer {
    let corpus: Corpus
    let replica: ModelReplica
    /// Characters that the net sees before the next one.
    let window: Int
    /// Below 1 the likely characters become likelier.
    let temperature: Double

    /// A text that goes on from `start`, the same every time.
    func text(after start: String, characters: Int) -> String {
        let random = Philox(seed: 1, purpose: .initialize)
        let places = Dictionary(uniqueKeysWithValues: zip(corpus.alphabet, Int32(0)...))
        var indices = start.compactMap { places[$0] }
        for position in 0..<characters {
            let seen = Array(indices.suffix(window))
            // Padding behind the text: the net reads from left to right, so it changes nothing before it.
            let padded = seen + [Int32](repeating: 0, count: window - seen.count)
            let x = Tensor(padded.map { Float($0) }, shape: [1, window])
            let logits = replica.predict(x).values
            let classes = corpus.alphabet.count
            let row = logits[(seen.count - 1) * classes..<seen.count * classes].map { Double($0) }
            indices.append(Int32(draw(row, random.unit(stream: 0, index: UInt64(position)))))
        }
        return String(indices.map { corpus.alphabet[Int($0)] })
    }

    /// The class in which a number from 0 to 1 falls when the classes divide it by their probabilities.
    private func draw(_ logits: [Double], _ number: Double) -> Int {
        let largest = logits.max() ?? 0
        let weights = logits.map { exp(($0 - largest) / temperature) }
        var left = number * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return index }
        }
        return logits.count - 1
    }
}

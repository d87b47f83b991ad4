import ArgumentParser

/// What the curves of a plot are over.
package enum PlotAxis: String, Codable, Sendable, CaseIterable, ExpressibleByArgument {
    /// Steps passed.
    case step
    /// Epochs, with those under way in parts.
    case epoch
}

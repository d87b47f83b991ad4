import ArgumentParser
import Spec

// As the command line takes them, by their names.
extension LogLevel: ExpressibleByArgument {}

extension LogFormat: ExpressibleByArgument {}

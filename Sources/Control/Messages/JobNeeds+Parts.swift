extension JobNeeds {
    /// How many samples there are, and how many bytes they have.
    public struct Samples: Codable, Sendable, Equatable {
        public var train: Int
        @ExplicitNull public var validation: Int?
        @ExplicitNull public var test: Int?
        /// Of all of them as they are kept, in memory or in files.
        public var bytes: Int

        public init(train: Int, validation: Int? = nil, test: Int? = nil, bytes: Int) {
            self.train = train
            self.validation = validation
            self.test = test
            self.bytes = bytes
        }
    }

    /// Bytes of memory.
    public struct Memory: Codable, Sendable, Equatable {
        /// The sum of the parts, as far as spec and samples tell.
        public var needed: Int
        /// What all jobs can have together.
        public var available: Int
        public var parts: Parts

        public init(available: Int, parts: Parts) {
            self.needed = parts.sum
            self.available = available
            self.parts = parts
        }

        public struct Parts: Codable, Sendable, Equatable {
            /// The weights, and copies of them while they are made.
            public var weights: Int
            public var gradients: Int
            /// The optimizer's state, and the average of the weights.
            public var optimizer: Int
            /// One copy of weights and state, which a checkpoint is made of.
            public var snapshot: Int
            /// What layers give and keep, for the workers' shards and for scoring.
            public var activations: Int
            /// In which order an epoch visits the samples.
            public var order: Int
            /// Samples that are in memory; others stay in files.
            public var samples: Int

            public init(
                weights: Int, gradients: Int, optimizer: Int, snapshot: Int, activations: Int, order: Int,
                samples: Int
            ) {
                self.weights = weights
                self.gradients = gradients
                self.optimizer = optimizer
                self.snapshot = snapshot
                self.activations = activations
                self.order = order
                self.samples = samples
            }

            var sum: Int {
                [weights, gradients, optimizer, snapshot, activations, order, samples].reduce(0) {
                    sum, part in
                    let (value, overflow) = sum.addingReportingOverflow(part)
                    return overflow ? .max : value
                }
            }
        }
    }

    /// Bytes on the disk with the state directory.
    public struct Disk: Codable, Sendable, Equatable {
        public var checkpoint: Int
        /// How many checkpoints are kept at most, by `keep_last` and its like; null when the data was not read.
        @ExplicitNull public var kept: Int?
        /// For those that are kept, one that is being written and its copy in the log.
        public var needed: Int
        /// Null where the file system does not tell.
        @ExplicitNull public var available: Int?

        public init(checkpoint: Int, kept: Int? = nil, needed: Int, available: Int? = nil) {
            self.checkpoint = checkpoint
            self.kept = kept
            self.needed = needed
            self.available = available
        }
    }
}

// What the poolings are made of: linear operations and their transposes, each the other's gradient.
extension Tensor {
    /// The maximum of each window.
    func maxima(_ pooling: Pooling, _ result: Shape) -> Tensor {
        let memory = Tensor.memory(for: result, like: self)
        let positions = Tensor.memory(for: result, like: self)
        pooling.writeMaxima(of: pointer, into: memory.base, at: positions.base)
        return Tensor(shape: result, storage: memory).recorded("max pool", [self]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { pass.upstream.spread(pooling, positions, self.shape) }
                return
            }
            pass.write(to: 0, like: self) { target, accumulate in
                pooling.spread(
                    pass.upstream.pointer, at: positions.base, into: target, accumulate: accumulate)
            }
        }
    }

    /// Zeros with each window's number at the position noted for it.
    func spread(_ pooling: Pooling, _ positions: Storage, _ result: Shape) -> Tensor {
        let memory = Tensor.memory(for: result, like: self)
        pooling.spread(pointer, at: positions.base, into: memory.base, accumulate: false)
        return Tensor(shape: result, storage: memory).recorded("spread", [self]) { pass in
            pass.send(to: 0) { pass.upstream.picked(pooling, positions, self.shape) }
        }
    }

    /// The numbers at the positions noted for the windows.
    private func picked(_ pooling: Pooling, _ positions: Storage, _ result: Shape) -> Tensor {
        let memory = Tensor.memory(for: result, like: self)
        pooling.pick(pointer, at: positions.base, into: memory.base)
        return Tensor(shape: result, storage: memory).recorded("pick", [self]) { pass in
            pass.send(to: 0) { pass.upstream.spread(pooling, positions, self.shape) }
        }
    }

    /// The average of each window.
    func averages(_ pooling: Pooling, _ result: Shape) -> Tensor {
        let memory = Tensor.memory(for: result, like: self)
        pooling.average(pointer, into: memory.base)
        return Tensor(shape: result, storage: memory).recorded("average pool", [self]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { pass.upstream.spreadEvenly(pooling, self.shape) }
                return
            }
            pass.write(to: 0, like: self) { target, accumulate in
                pooling.spreadEvenly(pass.upstream.pointer, into: target, accumulate: accumulate)
            }
        }
    }

    /// Each window's number, spread evenly over its cells.
    private func spreadEvenly(_ pooling: Pooling, _ result: Shape) -> Tensor {
        let memory = Tensor.memory(for: result, like: self)
        pooling.spreadEvenly(pointer, into: memory.base, accumulate: false)
        return Tensor(shape: result, storage: memory).recorded("spread evenly", [self]) { pass in
            pass.send(to: 0) { pass.upstream.averages(pooling, self.shape) }
        }
    }
}

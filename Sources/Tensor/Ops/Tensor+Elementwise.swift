import CKernels

// Elementwise functions of one tensor.
extension Tensor {
    /// x^2
    public func squared() -> Tensor {
        elementwise(self) { $0 * $0 }.recorded("squared", [self]) { pass in
            pass.send(to: 0) { pass.upstream * pass.use(self) * 2 }
        }
    }

    /// The square root; its gradient at 0 is infinite, as in the mathematics.
    public func squareRoot() -> Tensor {
        elementwise(self) { $0.squareRoot() }.recorded("squareRoot", [self]) { pass in
            pass.send(to: 0) { pass.upstream / (pass.use(self).squareRoot() * 2) }
        }
    }

    /// e^x
    public func exp() -> Tensor {
        applying(nnd_exp).recorded("exp", [self]) { pass in
            pass.send(to: 0) { pass.upstream * pass.use(self).exp() }
        }
    }

    /// max(x, 0); the gradient at 0 is 0, and a NaN stays one.
    public func relu() -> Tensor {
        let y = elementwise(self) { $0 < 0 ? 0 : $0 }
        return y.recorded("relu", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_relu_gradient, at: y) }
                return pass.upstream * self.positiveMask()
            }
        }
    }

    /// 1 where x > 0, else 0. A constant: no gradient flows through it.
    private func positiveMask() -> Tensor { elementwise(self) { $0 > 0 ? 1 : 0 } }

    /// The hyperbolic tangent.
    public func tanh() -> Tensor {
        let y = applying(nnd_tanh)
        return y.recorded("tanh", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_tanh_gradient, at: y) }
                return pass.upstream * (1 - self.tanh().squared())
            }
        }
    }

    /// 1 / (1 + e^-x)
    public func sigmoid() -> Tensor {
        let y = applying(nnd_sigmoid)
        return y.recorded("sigmoid", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_sigmoid_gradient, at: y) }
                let y = self.sigmoid()
                return pass.upstream * (y * (1 - y))
            }
        }
    }
}

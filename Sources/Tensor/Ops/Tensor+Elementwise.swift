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
        vectorwise(self, exponential).recorded("exp", [self]) { pass in
            pass.send(to: 0) { pass.upstream * pass.use(self).exp() }
        }
    }

    /// max(x, 0); the gradient at 0 is 0, and a NaN stays one.
    public func relu() -> Tensor {
        elementwise(self) { $0 < 0 ? 0 : $0 }.recorded("relu", [self]) { pass in
            pass.send(to: 0) { pass.upstream * self.positiveMask() }
        }
    }

    /// 1 where x > 0, else 0. A constant: no gradient flows through it.
    private func positiveMask() -> Tensor { elementwise(self) { $0 > 0 ? 1 : 0 } }

    /// The hyperbolic tangent.
    public func tanh() -> Tensor {
        vectorwise(self, hyperbolicTangent).recorded("tanh", [self]) { pass in
            pass.send(to: 0) { pass.upstream * (1 - pass.use(self).tanh().squared()) }
        }
    }

    /// 1 / (1 + e^-x)
    public func sigmoid() -> Tensor {
        vectorwise(self, logistic).recorded("sigmoid", [self]) { pass in
            pass.send(to: 0) {
                let y = pass.use(self).sigmoid()
                return pass.upstream * (y * (1 - y))
            }
        }
    }
}

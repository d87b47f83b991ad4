import Glibc

// Powers, computed in Double and rounded once.
extension Tensor {
    /// x^exponent. A negative x has a power where the exponent is a whole number, else NaN; 0^0 is 1.
    public func pow(_ exponent: Float) -> Tensor {
        elementwise(self, Tensor.power(exponent)).recorded("pow", [self]) { pass in
            pass.send(to: 0) {
                // 0 x^-1 would be NaN at 0.
                if exponent == 0 { return Tensor(repeating: 0, shape: self.shape, pool: self.storage.pool) }
                return pass.upstream * (pass.use(self).pow(exponent - 1) * exponent)
            }
        }
    }

    /// x^exponent, element by element; the shapes broadcast. A negative x has a power where the exponent is a
    /// whole number, else NaN; 0^0 is 1.
    ///
    /// The gradient to the exponent is x^exponent log x: 0 where x is 0, NaN where x is negative.
    public func pow(_ exponent: Tensor) -> Tensor {
        elementwise("pow", self, exponent) { Float(Glibc.pow(Double($0), Double($1))) }
            .recorded("pow", [self, exponent]) { pass in
                let (x, y) = (pass.use(self), pass.use(exponent))
                pass.send(to: 0) {
                    let slope = Tensor.where(y .== 0, Tensor(0), y * x.pow(y - 1))
                    return (pass.upstream * slope).summed(to: self.shape)
                }
                pass.send(to: 1) {
                    let logarithm = Tensor.where(x .== 0, Tensor(1), x).log()
                    let slope = Tensor.where(x .== 0, Tensor(0), x.pow(y) * logarithm)
                    return (pass.upstream * slope).summed(to: exponent.shape)
                }
            }
    }

    /// The function of one power. A small whole exponent needs products alone.
    private static func power(_ exponent: Float) -> (Float) -> Float {
        guard let whole = Int(exactly: exponent), (-16...16).contains(whole) else {
            return { Float(Glibc.pow(Double($0), Double(exponent))) }
        }
        return { x in
            var product = 1.0
            for _ in 0..<whole.magnitude { product *= Double(x) }
            return Float(whole < 0 ? 1 / product : product)
        }
    }
}

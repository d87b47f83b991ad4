import CKernels

extension Tensor {
    /// The natural logarithm: -infinity at 0, NaN below.
    public func log() -> Tensor {
        applying(nnd_log).recorded("log", [self]) { pass in
            pass.send(to: 0) { pass.upstream / pass.use(self) }
        }
    }

    /// log(1 + x), with all its digits also where x is tiny.
    public func log1p() -> Tensor {
        applying(nnd_log1p).recorded("log1p", [self]) { pass in
            pass.send(to: 0) { pass.upstream / (1 + pass.use(self)) }
        }
    }

    /// The error function: 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
    public func erf() -> Tensor {
        applying(nnd_erf).recorded("erf", [self]) { pass in
            pass.send(to: 0) { pass.upstream * ((-pass.use(self).squared()).exp() * 1.128_379_2) }
        }
    }
}

import CKernels

// Smooth activations. The derivatives are bounded to where they are not yet constant, so that a large x does
// not make infinity times zero of them.
extension Tensor {
    /// x where x > 0, else alpha (e^x - 1) (Clevert et al. 2016, arXiv:1511.07289).
    public func elu(alpha: Float = 1) -> Tensor {
        applying { nnd_elu($0, $1, alpha, $2) }.recorded("elu", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording {
                    return pass.upstream.sentBack({ nnd_elu_gradient($0, $1, $2, alpha, $3) }, at: self)
                }
                let slope = self.clip(max: 0).exp() * alpha
                return pass.upstream * Tensor.where(self .> 0, Tensor(1), slope)
            }
        }
    }

    /// x F(x), where F is the normal distribution function: (1 + erf(x / sqrt 2)) / 2 (Hendrycks & Gimpel 2016,
    /// arXiv:1606.08415). Exact, up to 2e-7 max(1, |x|).
    public func gelu() -> Tensor {
        applying(nnd_gelu).recorded("gelu", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_gelu_gradient, at: self) }
                let x = self.clip(min: -100, max: 100)
                let distribution = 0.5 * (1 + (x * 0.707_106_77).erf())
                return pass.upstream * (distribution + x * (x.squared() * -0.5).exp() * 0.398_942_28)
            }
        }
    }

    /// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2: gelu's approximation (arXiv:1606.08415, section 2).
    public func geluTanh() -> Tensor {
        applying(nnd_gelu_tanh).recorded("geluTanh", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_gelu_tanh_gradient, at: self) }
                let x = self.clip(min: -100, max: 100)
                let square = x.squared()
                let tangent = (0.797_884_56 * (x + 0.044_715 * (x * square))).tanh()
                let inner = 0.797_884_56 * (1 + 0.134_145 * square)
                return pass.upstream * (0.5 * (1 + tangent) + 0.5 * x * (1 - tangent.squared()) * inner)
            }
        }
    }

    /// x / (1 + e^-x), also known as swish (Elfwing et al. 2018, arXiv:1702.03118, eq. 17).
    public func silu() -> Tensor {
        applying(nnd_silu).recorded("silu", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_silu_gradient, at: self) }
                let x = self.clip(min: -200, max: 200)
                let y = x.sigmoid()
                return pass.upstream * (y * (1 + x * (1 - y)))
            }
        }
    }

    /// log(1 + e^x), which does not overflow.
    public func softplus() -> Tensor {
        applying(nnd_softplus).recorded("softplus", [self]) { pass in
            pass.send(to: 0) {
                if !pass.isRecording { return pass.upstream.sentBack(nnd_softplus_gradient, at: self) }
                return pass.upstream * self.sigmoid()
            }
        }
    }
}

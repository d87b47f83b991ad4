// Activations made of straight lines and parabolas. At a corner the derivative is PyTorch's.
extension Tensor {
    /// x where x > 0, else slope x (Maas et al. 2013). The derivative at 0 is `slope`.
    public func leakyRelu(slope: Float = 0.01) -> Tensor {
        elementwise(self) { $0 > 0 ? $0 : slope * $0 }.recorded("leakyRelu", [self]) { pass in
            pass.send(to: 0) { pass.upstream * elementwise(self.detached) { $0 > 0 ? 1 : slope } }
        }
    }

    /// relu6(x + 3) / 6: 0 up to -3, 1 from 3 on, a straight line between. The derivative is 0 at both corners.
    public func hardSigmoid() -> Tensor {
        elementwise(self) { $0 <= -3 ? 0 : $0 >= 3 ? 1 : ($0 + 3) / 6 }
            .recorded("hardSigmoid", [self]) { pass in
                pass.send(to: 0) {
                    pass.upstream * elementwise(self.detached) { $0 > -3 && $0 < 3 ? 1 / 6 : 0 }
                }
            }
    }

    /// x, but not below -1 nor above 1. The derivative is 0 at both corners.
    public func hardTanh() -> Tensor {
        elementwise(self) { $0 <= -1 ? -1 : $0 >= 1 ? 1 : $0 }.recorded("hardTanh", [self]) { pass in
            pass.send(to: 0) { pass.upstream * elementwise(self.detached) { $0 > -1 && $0 < 1 ? 1 : 0 } }
        }
    }

    /// x relu6(x + 3) / 6 (Howard et al. 2019, arXiv:1905.02244, section 5.2). The derivative is 0 at -3 and 1
    /// at 3.
    public func hardSwish() -> Tensor {
        elementwise(self) { $0 <= -3 ? 0 : $0 >= 3 ? $0 : $0 * (($0 + 3) / 6) }
            .recorded("hardSwish", [self]) { pass in
                pass.send(to: 0) {
                    let outside = elementwise(self.detached) { $0 >= 3 ? 1 : 0 }
                    let inside = elementwise(self.detached) { $0 > -3 && $0 < 3 ? 1 : 0 }
                    return pass.upstream * Tensor.where(inside, pass.use(self) / 3 + 0.5, outside)
                }
            }
    }
}

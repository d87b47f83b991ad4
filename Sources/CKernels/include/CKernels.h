#ifndef CKernels_h
#define CKernels_h

#include <stddef.h>
#include <stdint.h>

/// Loops over Float32 arrays, compiled for several instruction sets and chosen when the program starts.
///
/// Each element is computed by itself, without fused multiply-adds, so the bits do not depend on the
/// instruction set. No two arrays overlap.

/// y[i] += x[i]
void nnd_add(float *y, const float *x, size_t count);

/// g[i] += decay * w[i]
void nnd_add_scaled(float *g, const float *w, float decay, size_t count);

/// a[i] = rest * a[i] + momentum * x[i]
void nnd_average(float *a, const float *x, float rest, float momentum, size_t count);

/// w[i] -= rate * g[i]
void nnd_sgd(float *w, const float *g, float rate, size_t count);

/// v[i] = momentum * v[i] + g[i]; w[i] -= rate * v[i]
void nnd_momentum(float *w, const float *g, float *v, float rate, float momentum, size_t count);

struct nnd_adam_constants {
    float rate, beta1, beta2, epsilon;
    /// 1 - beta1 and 1 - beta2.
    float rest1, rest2;
    /// 1 / (1 - beta1^t) and 1 / (1 - beta2^t).
    float correction1, correction2;
};

/// m[i] = beta1 * m[i] + rest1 * g[i]; v[i] = beta2 * v[i] + rest2 * g[i]^2;
/// w[i] -= rate * m[i] * correction1 / (sqrt(v[i] * correction2) + epsilon)
void nnd_adam(float *w, const float *g, float *m, float *v, struct nnd_adam_constants constants, size_t count);

/// For each of `rows` rows: y[j] = max(y[j] + bias[j], 0); a NaN stays one. `bias` may be null.
void nnd_bias_relu(float *y, const float *bias, size_t rows, size_t columns);

/// out[i] = y[i] > 0 ? upstream[i] : 0
void nnd_relu_gradient(float *out, const float *upstream, const float *y, size_t count);

/// 1 when every number is finite, else 0.
int nnd_all_finite(const float *x, size_t count);

/// Key and fixed part of the counter of Philox 4x32-10.
struct nnd_philox_place {
    uint32_t key0, key1, stream, purpose;
};

/// mask[i] = word first + i < dropped_below ? 0 : kept, for the words of Philox's blocks 0, 1, ... in a row.
void nnd_dropout_mask(float *mask, struct nnd_philox_place place, uint32_t dropped_below, float kept,
                      uint64_t first, size_t count);

#endif

#ifndef CKernels_h
#define CKernels_h

#include "convolution.h"

#include <stddef.h>
#include <stdint.h>

#include "activations.h"
#include "gates.h"
#include "norms.h"
#include "reductions.h"
#include "softmax.h"

/// Loops over Float32 arrays, compiled for several instruction sets and chosen when the program starts.
///
/// Without fused multiply-adds, and with sums whose order is written out, so that the bits do not depend on the
/// instruction set. No two arrays overlap, unless said otherwise.

/// y[i] += x[i]
void nnd_add(float *y, const float *x, size_t count);

/// g[i] += decay * w[i]
void nnd_add_scaled(float *g, const float *w, float decay, size_t count);

/// a[i] = rest * a[i] + momentum * x[i]
void nnd_average(float *a, const float *x, float rest, float momentum, size_t count);

/// a[i] += rest * (x[i] - a[i]): a moving average that stays where it is once it has come to x.
void nnd_approach(float *a, const float *x, float rest, size_t count);

/// g[i] *= factor
void nnd_scale(float *g, float factor, size_t count);

/// Every g[i] outside of -bound ... bound becomes the nearer of the two.
void nnd_clamp(float *g, float bound, size_t count);

/// The sum of x[i]^2 in double precision, added in one fixed order.
double nnd_sum_of_squares(const float *x, size_t count);

/// w[i] -= rate * w[i]
void nnd_decay(float *w, float rate, size_t count);

/// w[i] -= rate * g[i]
void nnd_sgd(float *w, const float *g, float rate, size_t count);

/// v[i] = momentum * v[i] + g[i]; w[i] -= rate * v[i]
void nnd_momentum(float *w, const float *g, float *v, float rate, float momentum, size_t count);

/// v[i] = momentum * v[i] + g[i]; w[i] -= rate * (g[i] + momentum * v[i])
void nnd_nesterov(float *w, const float *g, float *v, float rate, float momentum, size_t count);

/// s[i] += g[i]^2; w[i] -= rate * g[i] / (sqrt(s[i]) + epsilon)
void nnd_adagrad(float *w, const float *g, float *s, float rate, float epsilon, size_t count);

/// `rest` is 1 - decay.
struct nnd_decay_constants {
    float rate, decay, rest, epsilon;
    /// What RMSprop adds under the root, in place of epsilon outside of it; else 0.
    float inner_epsilon;
};

/// s[i] = decay * s[i] + rest * g[i]^2; w[i] -= rate * g[i] / (sqrt(s[i] + inner_epsilon) + epsilon)
void nnd_rmsprop(float *w, const float *g, float *s, struct nnd_decay_constants constants, size_t count);

/// s as in nnd_rmsprop; v[i] = momentum * v[i] + g[i] / (sqrt(s[i] + inner_epsilon) + epsilon);
/// w[i] -= rate * v[i]
void nnd_rmsprop_momentum(float *w, const float *g, float *s, float *v, struct nnd_decay_constants constants,
                          float momentum, size_t count);

/// s[i] = decay * s[i] + rest * g[i]^2; d = sqrt(u[i] + epsilon) / sqrt(s[i] + epsilon) * g[i];
/// u[i] = decay * u[i] + rest * d^2; w[i] -= rate * d
void nnd_adadelta(float *w, const float *g, float *s, float *u, struct nnd_decay_constants constants, size_t count);

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

/// m and v as in nnd_adam; largest[i] = max(largest[i], v[i]), which stands in v's place in w's formula.
void nnd_amsgrad(float *w, const float *g, float *m, float *v, float *largest,
                 struct nnd_adam_constants constants, size_t count);

/// w[i] -= rate * sign(beta1 * m[i] + rest1 * g[i]), sign(0) = 0; m[i] = beta2 * m[i] + rest2 * g[i].
/// Epsilon and the corrections are not used.
void nnd_lion(float *w, const float *g, float *m, struct nnd_adam_constants constants, size_t count);

/// For each of `rows` rows: y[j] = max(y[j] + bias[j], 0); a NaN stays one. `bias` may be null.
void nnd_bias_relu(float *y, const float *bias, size_t rows, size_t columns);

/// y[i, j] += bias[j]
void nnd_add_to_rows(float *y, const float *bias, size_t rows, size_t columns);

/// out[i] = y[i] > 0 ? upstream[i] : 0
void nnd_relu_gradient(float *out, const float *upstream, const float *y, size_t count);

/// For each of `planes` planes of `size` numbers: zeros, but at positions[i] the number upstream[i], for `count` i;
/// where y is not null, only those with y[i] > 0. No two positions of a plane are the same.
void nnd_spread_largest(float *out, const float *upstream, const float *y, const int32_t *positions, size_t planes,
                        size_t count, size_t size);

/// 1 when every number is finite, else 0.
int nnd_all_finite(const float *x, size_t count);

/// The largest |x[i]|; an infinity or a NaN counts as larger than all numbers. 0 for no numbers.
float nnd_magnitude(const float *x, size_t count);

/// y[i] = x[i]; returns the largest |x[i]| as nnd_magnitude does.
float nnd_copy_with_magnitude(float *y, const float *x, size_t count);

/// Tells the processor that this thread waits for another one.
static inline void nnd_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

/// out[i] = x[i]
void nnd_bytes(float *out, const uint8_t *x, size_t count);

/// out[i] = x[i] / divisor
void nnd_bytes_divided(float *out, const uint8_t *x, float divisor, size_t count);

/// out[i] = x[i] * high + x[i] * low
void nnd_bytes_scaled(float *out, const uint8_t *x, float high, float low, size_t count);

/// out[i] = (x[i] - means[i]) / divisors[i]
void nnd_bytes_standardized(float *out, const uint8_t *x, const float *means, const float *divisors, size_t count);

/// out[i] = x[i] / divisor
void nnd_floats_divided(float *out, const float *x, float divisor, size_t count);

/// out[i] = (x[i] - means[i]) / divisors[i]
void nnd_floats_standardized(float *out, const float *x, const float *means, const float *divisors, size_t count);

/// Has the processor fetch `size` bytes that will be read soon.
void nnd_prefetch(const void *start, size_t size);

/// Key and fixed part of the counter of Philox 4x32-10.
struct nnd_philox_place {
    uint32_t key0, key1, stream, purpose;
};

/// mask[i] = word first + i < dropped_below ? 0 : kept, for the words of Philox's blocks 0, 1, ... in a row.
void nnd_dropout_mask(float *mask, struct nnd_philox_place place, uint32_t dropped_below, float kept,
                      uint64_t first, size_t count);

#endif

#ifndef activations_h
#define activations_h

#include <stddef.h>

// y[i] = f(x[i]). Each is right at infinities, denormal numbers and NaN; y and x may be one array. Accuracies in units in
// the last place.

/// e^x, within 2.
void nnd_exp(float *y, const float *x, size_t count);

/// The hyperbolic tangent, within 3.
void nnd_tanh(float *y, const float *x, size_t count);

/// 1 / (1 + e^-x), within 4 from -88 on.
void nnd_sigmoid(float *y, const float *x, size_t count);

/// The natural logarithm, within 2: -infinity at 0, NaN below.
void nnd_log(float *y, const float *x, size_t count);

/// log(1 + x), within 2.
void nnd_log1p(float *y, const float *x, size_t count);

/// The error function, within 2.
void nnd_erf(float *y, const float *x, size_t count);

/// x times the normal distribution function at x.
void nnd_gelu(float *y, const float *x, size_t count);

/// The approximation of the same by a hyperbolic tangent.
void nnd_gelu_tanh(float *y, const float *x, size_t count);

/// x / (1 + e^-x)
void nnd_silu(float *y, const float *x, size_t count);

/// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which does not overflow.
void nnd_softplus(float *y, const float *x, size_t count);

/// x where x > 0, else alpha (e^x - 1).
void nnd_elu(float *y, const float *x, float alpha, size_t count);

// out[i] = up[i] * f'(x[i]); for the first two by the result y = f(x), which is enough. No two arrays overlap.

/// up * (1 - y^2)
void nnd_tanh_gradient(float *out, const float *up, const float *y, size_t count);

/// up * y (1 - y)
void nnd_sigmoid_gradient(float *out, const float *up, const float *y, size_t count);

void nnd_gelu_gradient(float *out, const float *up, const float *x, size_t count);
void nnd_gelu_tanh_gradient(float *out, const float *up, const float *x, size_t count);
void nnd_silu_gradient(float *out, const float *up, const float *x, size_t count);
void nnd_softplus_gradient(float *out, const float *up, const float *x, size_t count);

/// The derivative at 0 is alpha.
void nnd_elu_gradient(float *out, const float *up, const float *x, float alpha, size_t count);

#endif

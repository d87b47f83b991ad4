#include "CKernels.h"
#include "for_each_cpu.h"
#include "functions.h"

/* A large x would make infinity times zero of some formulas; they are computed at a bounded x, beyond which their result
   is constant. */
INLINE float bounded(float x, float bound) { return x < -bound ? -bound : x > bound ? bound : x; }

INLINE float not_below(float x, float bound) { return x < bound ? bound : x; }

INLINE float magnitude(float x) { return float_of(bits_of(x) & 0x7FFFFFFFu); }

/* The inner function of gelu's approximation: sqrt(2 / pi) (x + 0.044715 x^3). */
INLINE float gelu_inner(float x) { return 0.79788456f * (x + 0.044715f * (x * x * x)); }

INLINE float gelu_slope(float x) {
    x = bounded(x, 100);
    float distribution = 0.5f * (1 + error_function(x * 0.70710677f));
    return distribution + x * exponential(x * x * -0.5f) * 0.39894228f;
}

INLINE float gelu_tanh_slope(float x) {
    x = bounded(x, 100);
    float tangent = hyperbolic_tangent(gelu_inner(x));
    float inner = 0.79788456f * (1 + 0.134145f * (x * x));
    return 0.5f * (1 + tangent) + 0.5f * x * (1 - tangent * tangent) * inner;
}

INLINE float silu_slope(float x) {
    x = bounded(x, 200);
    float y = logistic(x);
    return y * (1 + x * (1 - y));
}

/* y[i] = formula(v = x[i]). That x and y may be one array does no harm to vectors, but the compiler's own check would
   take it for harm. */
#define EACH(name, formula)                                            \
    FOR_EACH_CPU void name(float *y, const float *x, size_t count) {   \
        _Pragma("clang loop vectorize(assume_safety)")                 \
        for (size_t i = 0; i < count; i++) {                           \
            float v = x[i];                                            \
            y[i] = formula;                                            \
        }                                                              \
    }

EACH(nnd_exp, exponential(v))
EACH(nnd_tanh, hyperbolic_tangent(v))
EACH(nnd_sigmoid, logistic(v))
EACH(nnd_log, logarithm(v))
EACH(nnd_log1p, logarithm_of_one_plus(v))
EACH(nnd_erf, error_function(v))
EACH(nnd_gelu, 0.5f * not_below(v, -200) * (1 + error_function(v * 0.70710677f)))
EACH(nnd_gelu_tanh, 0.5f * not_below(v, -200) * (1 + hyperbolic_tangent(gelu_inner(not_below(v, -200)))))
EACH(nnd_silu, not_below(v, -200) * logistic(v))
EACH(nnd_softplus, not_below(v, 0) + logarithm_of_one_plus(exponential(-magnitude(v))))

FOR_EACH_CPU void nnd_elu(float *y, const float *x, float alpha, size_t count) {
    _Pragma("clang loop vectorize(assume_safety)")
    for (size_t i = 0; i < count; i++) {
        float low = exponential_minus_one(x[i] > 0 ? 0 : x[i]) * alpha;
        y[i] = x[i] > 0 ? x[i] : low;
    }
}

/* out[i] = up[i] * slope(v = x[i]), where x is the function's argument or its result. */
#define EACH_GRADIENT(name, slope)                                                                              \
    FOR_EACH_CPU void name(float *restrict out, const float *restrict up, const float *restrict x, size_t count) { \
        for (size_t i = 0; i < count; i++) {                                                                    \
            float v = x[i];                                                                                     \
            out[i] = up[i] * (slope);                                                                           \
        }                                                                                                       \
    }

EACH_GRADIENT(nnd_tanh_gradient, 1 - v * v)
EACH_GRADIENT(nnd_sigmoid_gradient, v * (1 - v))
EACH_GRADIENT(nnd_gelu_gradient, gelu_slope(v))
EACH_GRADIENT(nnd_gelu_tanh_gradient, gelu_tanh_slope(v))
EACH_GRADIENT(nnd_silu_gradient, silu_slope(v))
EACH_GRADIENT(nnd_softplus_gradient, logistic(v))

FOR_EACH_CPU void nnd_elu_gradient(float *restrict out, const float *restrict up, const float *restrict x,
                                   float alpha, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float slope = exponential(x[i] > 0 ? 0 : x[i]) * alpha;
        out[i] = up[i] * (x[i] > 0 ? 1 : slope);
    }
}

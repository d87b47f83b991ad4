#include "CKernels.h"
#include "for_each_cpu.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

/* Not sqrtf: it sets errno, which keeps a loop from being vectorised. */
#define ROOT(x) __builtin_elementwise_sqrt(x)

FOR_EACH_CPU void nnd_add_scaled(float *restrict g, const float *restrict w, float decay, size_t count) {
    for (size_t i = 0; i < count; i++) g[i] += decay * w[i];
}

FOR_EACH_CPU void nnd_approach(float *restrict a, const float *restrict x, float rest, size_t count) {
    for (size_t i = 0; i < count; i++) a[i] += rest * (x[i] - a[i]);
}

FOR_EACH_CPU void nnd_scale(float *g, float factor, size_t count) {
    for (size_t i = 0; i < count; i++) g[i] *= factor;
}

FOR_EACH_CPU void nnd_clamp(float *g, float bound, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float high = g[i] > bound ? bound : g[i];
        g[i] = high < -bound ? -bound : high;
    }
}

typedef float float8 __attribute__((vector_size(32)));
typedef double double8 __attribute__((vector_size(64)));

FOR_EACH_CPU double nnd_sum_of_squares(const float *x, size_t count) {
    /* The lanes are written out, so that the order is the same with any length of vector. */
    double8 low = {0}, high = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        float8 a, b;
        memcpy(&a, x + i, sizeof a);
        memcpy(&b, x + i + 8, sizeof b);
        double8 wide_a = __builtin_convertvector(a, double8);
        double8 wide_b = __builtin_convertvector(b, double8);
        low += wide_a * wide_a;
        high += wide_b * wide_b;
    }
    double total = 0;
    for (int lane = 0; lane < 8; lane++) total += low[lane];
    for (int lane = 0; lane < 8; lane++) total += high[lane];
    for (; i < count; i++) total += (double)x[i] * (double)x[i];
    return total;
}

FOR_EACH_CPU void nnd_decay(float *w, float rate, size_t count) {
    for (size_t i = 0; i < count; i++) w[i] -= rate * w[i];
}

FOR_EACH_CPU void nnd_sgd(float *restrict w, const float *restrict g, float rate, size_t count) {
    for (size_t i = 0; i < count; i++) w[i] -= rate * g[i];
}

FOR_EACH_CPU void nnd_momentum(float *restrict w, const float *restrict g, float *restrict v,
                               float rate, float momentum, size_t count) {
    for (size_t i = 0; i < count; i++) {
        v[i] = momentum * v[i] + g[i];
        w[i] -= rate * v[i];
    }
}

FOR_EACH_CPU void nnd_nesterov(float *restrict w, const float *restrict g, float *restrict v,
                               float rate, float momentum, size_t count) {
    for (size_t i = 0; i < count; i++) {
        v[i] = momentum * v[i] + g[i];
        w[i] -= rate * (g[i] + momentum * v[i]);
    }
}

FOR_EACH_CPU void nnd_adagrad(float *restrict w, const float *restrict g, float *restrict s,
                              float rate, float epsilon, size_t count) {
    for (size_t i = 0; i < count; i++) {
        s[i] += g[i] * g[i];
        w[i] -= rate * (g[i] / (ROOT(s[i]) + epsilon));
    }
}

FOR_EACH_CPU void nnd_rmsprop(float *restrict w, const float *restrict g, float *restrict s,
                              struct nnd_decay_constants c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        s[i] = c.decay * s[i] + c.rest * (g[i] * g[i]);
        w[i] -= c.rate * (g[i] / (ROOT(s[i] + c.inner_epsilon) + c.epsilon));
    }
}

FOR_EACH_CPU void nnd_rmsprop_momentum(float *restrict w, const float *restrict g, float *restrict s,
                                       float *restrict v, struct nnd_decay_constants c, float momentum,
                                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        s[i] = c.decay * s[i] + c.rest * (g[i] * g[i]);
        v[i] = momentum * v[i] + g[i] / (ROOT(s[i] + c.inner_epsilon) + c.epsilon);
        w[i] -= c.rate * v[i];
    }
}

FOR_EACH_CPU void nnd_adadelta(float *restrict w, const float *restrict g, float *restrict s, float *restrict u,
                               struct nnd_decay_constants c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        s[i] = c.decay * s[i] + c.rest * (g[i] * g[i]);
        float delta = ROOT(u[i] + c.epsilon) / ROOT(s[i] + c.epsilon) * g[i];
        u[i] = c.decay * u[i] + c.rest * (delta * delta);
        w[i] -= c.rate * delta;
    }
}

FOR_EACH_CPU void nnd_adam(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                           struct nnd_adam_constants c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        m[i] = c.beta1 * m[i] + c.rest1 * g[i];
        v[i] = c.beta2 * v[i] + c.rest2 * (g[i] * g[i]);
        float root = ROOT(v[i] * c.correction2);
        w[i] -= c.rate * ((m[i] * c.correction1) / (root + c.epsilon));
    }
}

FOR_EACH_CPU void nnd_amsgrad(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                              float *restrict largest, struct nnd_adam_constants c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        m[i] = c.beta1 * m[i] + c.rest1 * g[i];
        v[i] = c.beta2 * v[i] + c.rest2 * (g[i] * g[i]);
        largest[i] = largest[i] < v[i] ? v[i] : largest[i];
        float root = ROOT(largest[i] * c.correction2);
        w[i] -= c.rate * ((m[i] * c.correction1) / (root + c.epsilon));
    }
}

FOR_EACH_CPU void nnd_lion(float *restrict w, const float *restrict g, float *restrict m,
                           struct nnd_adam_constants c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float direction = c.beta1 * m[i] + c.rest1 * g[i];
        w[i] -= direction > 0 ? c.rate : direction < 0 ? -c.rate : 0;
        m[i] = c.beta2 * m[i] + c.rest2 * g[i];
    }
}

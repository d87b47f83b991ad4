#ifndef softmax_h
#define softmax_h

#include <stddef.h>
#include <stdint.h>

// Softmax of the rows of a matrix with at least one column. A row of which no number is finite, or with a NaN, gives NaN.
// The arrays do not overlap.

/// p = e^(z - largest[row]), with the row's largest number; totals[row] is the sum of the row's p.
void nnd_exponentials(float *p, const float *z, float *largest, double *totals, size_t rows, size_t columns);

/// p = softmax(z)
void nnd_softmax(float *p, const float *z, size_t rows, size_t columns);

/// out = upstream y - y sum(upstream y), for y = softmax(z).
void nnd_softmax_gradient(float *out, const float *upstream, const float *y, size_t rows, size_t columns);

/// p = softmax(z); the result is the sum over the rows of -log p[label].
/// Each label is in 0 ..< columns.
double nnd_softmax_cross_entropy(float *p, const float *z, const int32_t *labels, size_t rows, size_t columns);

/// out = scale (p - 1 at the label)
void nnd_softmax_cross_entropy_gradient(float *out, const float *p, const int32_t *labels, float scale, size_t rows,
                                        size_t columns);

/// p = softmax(z), masses[row] = the sum of the row's targets; the result is the sum of -target log p. A class whose
/// target is 0 adds nothing whatever its z.
double nnd_soft_cross_entropy(float *p, float *masses, const float *z, const float *targets, size_t rows,
                              size_t columns);

/// out = scale (p mass - target)
void nnd_soft_cross_entropy_gradient(float *out, const float *p, const float *masses, const float *targets,
                                     float scale, size_t rows, size_t columns);

#endif

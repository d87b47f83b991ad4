#ifndef norms_h
#define norms_h

#include <stddef.h>

// Normalisation. Everything is computed in double precision and rounded once; sums are taken in an order that depends on
// the sizes alone. The arrays do not overlap.

/// An array seen as [outer, groups, inner]: a group is all values with one index in the middle, for example a channel of
/// images [batch, channels, pixels].
struct nnd_groups {
    size_t outer, groups, inner;
};

/// sums[group] = the sum of the group's x.
void nnd_group_sums(double *sums, const float *x, struct nnd_groups sizes);

/// sums[group] = the sum of x (y - centre) over the group.
void nnd_group_products(double *sums, const float *x, const float *y, const double *centres, struct nnd_groups sizes);

/// out = (x - centre) slope + shift, with the numbers of the value's group.
void nnd_group_affine(float *out, const float *x, const double *centres, const double *slopes, const double *shifts,
                      struct nnd_groups sizes);

/// out = (x - mean) / sqrt(variance + epsilon) scale + shift, with the group's own mean and biased variance, taken in two
/// passes. No group is empty.
void nnd_batch_norm(float *out, double *means, double *variances, const float *x, const double *scales,
                    const double *shifts, double epsilon, struct nnd_groups sizes);

/// The gradients with respect to x, to the scales and to the shifts. `down` may be null.
void nnd_batch_norm_gradient(float *down, double *down_scales, double *down_shifts, const float *up, const float *x,
                             const double *means, const double *variances, const double *scales, double epsilon,
                             struct nnd_groups sizes);

/// out = (x - mean) inverse scale + shift along each row of at least one number, with the row's own mean and
/// inverse = 1 / sqrt(biased variance + epsilon), taken in two passes. `scale` and `shift` have a number for each column
/// and may be null, the first only with the second; without `is_centred` the mean is 0.
void nnd_row_norm(float *out, double *means, double *inverses, const float *x, const float *scale, const float *shift,
                  double epsilon, int is_centred, size_t rows, size_t columns);

/// The gradient with respect to x.
void nnd_row_norm_gradient(float *down, const float *up, const float *x, const float *scale, const double *means,
                           const double *inverses, int is_centred, size_t rows, size_t columns);

/// The gradients with respect to scale and shift. `down_shift` may be null.
void nnd_row_norm_scale_gradient(float *down_scale, float *down_shift, const float *up, const float *x,
                                 const double *means, const double *inverses, size_t rows, size_t columns);

#endif

#ifndef CKernelVariants_h
#define CKernelVariants_h

#include "CKernels.h"

/// The kernels that are compared, without the nnd_ of their names.
#define EACH_KERNEL(KERNEL)                                                                                   \
    KERNEL(exp) KERNEL(tanh) KERNEL(sigmoid) KERNEL(log) KERNEL(log1p) KERNEL(erf) KERNEL(gelu)               \
    KERNEL(gelu_tanh) KERNEL(silu) KERNEL(softplus) KERNEL(elu) KERNEL(tanh_gradient)                         \
    KERNEL(sigmoid_gradient) KERNEL(gelu_gradient) KERNEL(gelu_tanh_gradient) KERNEL(silu_gradient)           \
    KERNEL(softplus_gradient) KERNEL(elu_gradient) KERNEL(sum) KERNEL(sum_of_squared_distances)               \
    KERNEL(sum_rows) KERNEL(mean_of_rows) KERNEL(sum_by_index) KERNEL(rows_with_largest_at)                   \
    KERNEL(exponentials) KERNEL(softmax) KERNEL(softmax_gradient) KERNEL(softmax_cross_entropy)               \
    KERNEL(softmax_cross_entropy_gradient) KERNEL(soft_cross_entropy) KERNEL(soft_cross_entropy_gradient)     \
    KERNEL(lstm) KERNEL(lstm_gradient) KERNEL(gru) KERNEL(gru_gradient) KERNEL(group_sums)                    \
    KERNEL(group_products) KERNEL(group_affine) KERNEL(batch_norm) KERNEL(batch_norm_gradient)                \
    KERNEL(row_norm) KERNEL(row_norm_gradient) KERNEL(row_norm_scale_gradient) KERNEL(dropout_mask)

#define DECLARED(name) __typeof__(nnd_##name) *name;

/// The kernels of one instruction set.
struct nnd_variant {
    EACH_KERNEL(DECLARED)
};

/// The variant for x86-64-v4 (4), x86-64-v3 (3) or the instruction set that the program is compiled for (0); null where
/// this CPU does not have it.
const struct nnd_variant *nnd_variant(int level);

#endif
